package mask

import (
	"context"
	"fmt"
	"log/slog"
)

// Handler returns a handler that masks secrets in each line before next writes it; next itself for a nil mask.
func Handler(next slog.Handler, m *Mask) slog.Handler {
	if m == nil {
		return next
	}
	return &handler{next, m}
}

type handler struct {
	next slog.Handler
	mask *Mask
}

// Enabled asks the handler behind.
func (h *handler) Enabled(ctx context.Context, level slog.Level) bool {
	return h.next.Enabled(ctx, level)
}

// Handle masks message and attributes.
func (h *handler) Handle(ctx context.Context, r slog.Record) error {
	fresh := slog.NewRecord(r.Time, r.Level, h.mask.Text(r.Message), r.PC)
	r.Attrs(func(a slog.Attr) bool {
		fresh.AddAttrs(h.mask.attr(a))
		return true
	})
	return h.next.Handle(ctx, fresh)
}

// WithAttrs returns a handler that adds these, masked.
func (h *handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &handler{h.next.WithAttrs(h.mask.attrs(attrs)), h.mask}
}

// WithGroup returns a handler that groups what follows.
func (h *handler) WithGroup(name string) slog.Handler {
	return &handler{h.next.WithGroup(name), h.mask}
}

func (m *Mask) attrs(attrs []slog.Attr) []slog.Attr {
	fresh := make([]slog.Attr, len(attrs))
	for i, a := range attrs {
		fresh[i] = m.attr(a)
	}
	return fresh
}

func (m *Mask) attr(a slog.Attr) slog.Attr {
	v := a.Value.Resolve()
	switch v.Kind() {
	case slog.KindString:
		v = slog.StringValue(m.Text(v.String()))
	case slog.KindGroup:
		v = slog.GroupValue(m.attrs(v.Group())...)
	case slog.KindAny:
		v = m.any(v)
	case slog.KindFloat64, slog.KindInt64: // a secret may be digits
		if text := v.String(); m.Text(text) != text {
			v = slog.StringValue(m.Text(text))
		}
	case slog.KindBool, slog.KindDuration, slog.KindTime, slog.KindUint64, slog.KindLogValuer:
	}
	return slog.Attr{Key: m.Text(a.Key), Value: v}
}

// any masks what prints itself in its own way: only where a secret shows does it become a text.
func (m *Mask) any(v slog.Value) slog.Value {
	switch held := v.Any().(type) {
	case []string:
		fresh := make([]string, len(held))
		for i, s := range held {
			fresh[i] = m.Text(s)
		}
		return slog.AnyValue(fresh)
	case []byte:
		if text := m.Text(string(held)); text != string(held) {
			return slog.AnyValue([]byte(text))
		}
		return v
	default:
		text := fmt.Sprintf("%+v", held)
		if masked := m.Text(text); masked != text {
			return slog.StringValue(masked)
		}
		return v
	}
}
