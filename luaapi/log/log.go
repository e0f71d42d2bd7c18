// Package log is the module log, and print: lines for those who look after the scripts.
package log

import (
	"context"
	"log/slog"
	"math"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// maxText is the longest message or field that is logged, in bytes; maxFields how many fields a line has, maxLines how many
// lines one call logs.
const (
	maxText   = 8 << 10
	maxFields = 64
	maxLines  = 1000
)

// New returns the module log for a session's state, and that of print; both count their lines together.
func New(s *luaapi.Session) (logging, printing luaapi.Module) {
	m := &module{s: s}
	s.State.OnAdvice(func(L *lua.LState, advice string) {
		if m.wanted(slog.LevelDebug) {
			m.write(luaapi.Args{Session: s, L: L}, slog.LevelDebug, advice, nil)
		}
	})
	logging = luaapi.Module{
		Name: "log", Doc: "Writes lines into the server's log. Time, action, sender and snapshot are added.",
		Begin: func() { m.lines = 0 },
	}
	for _, level := range []slog.Level{slog.LevelDebug, slog.LevelInfo, slog.LevelWarn, slog.LevelError} {
		name := strings.ToLower(level.String())
		logging.Members = append(logging.Members, luaapi.Member{
			Name: name,
			Params: []luaapi.Param{
				{Name: "message", Type: "any", Optional: true}, {Name: "fields", Type: "table", Optional: true},
			},
			Doc:     "Logs a message at the level " + name + ", with fields if given.",
			Example: `log.` + name + `("order looked up", { order = "A-17" })`,
			Func:    func(a luaapi.Args) int { return m.log(a, level) },
		})
	}
	printing = luaapi.Module{
		Name: "print", Only: true, Doc: "Logs its arguments at the level info.",
		Members: []luaapi.Member{{
			Name: "print", Params: []luaapi.Param{{Name: "…", Type: "any", Rest: true}},
			Doc: "Logs its arguments as one line, with tabs between.", Example: `print("slots", tracker.slots.city)`, Func: m.print,
		}},
	}
	return logging, printing
}

type module struct {
	s     *luaapi.Session
	lines int
}

func (m *module) log(a luaapi.Args, level slog.Level) int {
	if !m.wanted(level) {
		return 0
	}
	var attrs []slog.Attr
	if fields := a.Table(2); fields != nil {
		if name := m.s.State.FrozenName(fields); name != "" {
			a.Raise("fields must be a table of your own, but is %s", name)
		}
		for k, v := fields.Next(lua.LNil); k != lua.LNil; k, v = fields.Next(k) {
			if len(attrs) == maxFields {
				attrs = append(attrs, slog.String("…", "further fields are left out"))
				break
			}
			attrs = append(attrs, slog.Attr{Key: cut(m.text(a, k)), Value: m.value(a, v)})
		}
	}
	m.write(a, level, m.text(a, a.Get(1)), attrs)
	return 0
}

func (m *module) print(a luaapi.Args) int {
	if !m.wanted(slog.LevelInfo) {
		return 0
	}
	var line strings.Builder
	for i := 1; i <= a.Len() && line.Len() <= maxText; i++ {
		if i > 1 {
			line.WriteByte('\t')
		}
		line.WriteString(m.text(a, a.Get(i)))
	}
	m.write(a, slog.LevelInfo, line.String(), nil)
	return 0
}

// wanted says whether a line is to be made at all.
func (m *module) wanted(level slog.Level) bool {
	return m.lines < maxLines && m.s.Log.Enabled(context.Background(), level)
}

// value is what a field holds: numbers and truth values as they are, so that who reads the log can reckon with them.
func (m *module) value(a luaapi.Args, v lua.LValue) slog.Value {
	switch v := v.(type) {
	case lua.LBool:
		return slog.BoolValue(bool(v))
	case lua.LNumber:
		switch n := float64(v); {
		case n == math.Trunc(n) && math.Abs(n) < 1<<53:
			return slog.Int64Value(int64(n))
		case !math.IsNaN(n) && !math.IsInf(n, 0):
			return slog.Float64Value(n)
		}
	}
	return slog.StringValue(cut(m.text(a, v)))
}

// text shows a value as people read it: tables as JSON where that can be.
func (m *module) text(a luaapi.Args, v lua.LValue) string {
	t, ok := v.(*lua.LTable)
	if !ok {
		return m.s.State.ToString(a.L, v)
	}
	if name := m.s.State.FrozenName(t); name != "" {
		return name
	}
	if a.L.GetMetaField(t, "__tostring") == lua.LNil {
		if text, err := m.s.Values.AppendText(nil, t, ""); err == nil {
			return string(text)
		}
	}
	return m.s.State.ToString(a.L, v)
}

func (m *module) write(a luaapi.Args, level slog.Level, message string, attrs []slog.Attr) {
	m.lines++
	if m.lines == maxLines {
		message, attrs = "this call logs too much; its further lines are left out", nil
	}
	script, line := a.Place()
	attrs = append(attrs, slog.String("script", script), slog.Int("line", line))
	m.s.Log.LogAttrs(context.Background(), level, cut(message), attrs...)
}

// cut shortens a text for the log, and has it be valid UTF-8.
func cut(text string) string {
	if len(text) <= maxText {
		return strings.ToValidUTF8(text, "\uFFFD")
	}
	end := maxText
	for end > maxText-4 && text[end]&0xC0 == 0x80 {
		end--
	}
	return strings.ToValidUTF8(text[:end], "\uFFFD") + " …"
}
