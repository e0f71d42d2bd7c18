package config

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"
)

// text reads a text with what its ${…} stand for. secret: what came from the environment is one, too, as what came from a file
// always is.
func (r *reader) text(v setting, secret bool) (text, bool) {
	if v.node.Kind != yaml.ScalarNode || v.node.ShortTag() != "!!str" {
		advice := ""
		if v.node.Kind == yaml.ScalarNode && !isNull(v.node) {
			advice = "; put it in quotes"
		}
		r.fault(v, "must be a text, and it is %s%s", kind(v.node), advice)
		return text{}, false
	}
	t, err := r.expand(v.node.Value)
	if err != nil {
		if !r.around.Partial || !errors.As(err, new(missing)) {
			r.fault(v, "%s", err)
		}
		return text{}, false
	}
	for _, s := range t.spans {
		if secret || s.file {
			r.keep(t.value[s.start:s.end])
		}
	}
	return t, true
}

// keep notes a value that must not show.
func (r *reader) keep(secret string) {
	if secret != "" {
		r.secrets = append(r.secrets, secret)
	}
}

// secret reads a text that is one as a whole, and must not be empty.
func (r *reader) secret(v setting) Secret {
	t, ok := r.text(v, true)
	if !ok {
		return ""
	}
	if t.value == "" {
		r.fault(v, "is empty")
	}
	r.keep(t.value)
	return Secret(t.value)
}

// show is how messages repeat a text: not if a part of it came from elsewhere.
func (t text) show() string {
	if len(t.spans) > 0 {
		return "something else"
	}
	return strconv.Quote(shorten(t.value))
}

// plain is a text of the file, or what messages call another value.
func (r *reader) plain(v setting) (t text, isText, ok bool) {
	if v.node.Kind == yaml.ScalarNode && v.node.ShortTag() == "!!str" {
		t, ok = r.text(v, false)
		return t, true, ok
	}
	return text{}, false, true
}

// whole reads a whole number between least and most. One that comes from ${…} is a text in YAML, and will do.
func (r *reader) whole(v setting, least, most int) (int, bool) {
	t, isText, ok := r.plain(v)
	if !ok {
		return 0, false
	}
	digits, got := v.node.Value, kind(v.node)
	if isText {
		digits, got = t.value, t.show()
	}
	n, err := strconv.Atoi(digits)
	if v.node.ShortTag() != "!!int" && (!isText || len(t.spans) == 0) || err != nil || n < least || n > most {
		between := fmt.Sprintf("between %d and %d", least, most)
		if most == math.MaxInt32 {
			between = fmt.Sprintf("of %d or more", least)
		}
		r.fault(v, "must be a whole number %s, and it is %s", between, got)
		return 0, false
	}
	return n, true
}

// boolean reads true or false.
func (r *reader) boolean(v setting) (value, ok bool) {
	t, isText, ok := r.plain(v)
	if !ok {
		return false, false
	}
	word, got := v.node.Value, kind(v.node)
	if isText {
		word, got = t.value, t.show()
	}
	if v.node.ShortTag() == "!!bool" || isText && len(t.spans) > 0 {
		switch word {
		case "true", "True", "TRUE":
			return true, true
		case "false", "False", "FALSE":
			return false, true
		}
	}
	r.fault(v, "must be true or false, and it is %s", got)
	return false, false
}

// duration reads a time with its unit. Most must be more than 0.
func (r *reader) duration(v setting, zero bool) (time.Duration, bool) {
	t, isText, ok := r.plain(v)
	if !ok {
		return 0, false
	}
	got, advice := kind(v.node), ""
	if isText {
		got = t.show()
		d, err := time.ParseDuration(t.value)
		switch {
		case err == nil && (d > 0 || d == 0 && zero):
			return d, true
		case err == nil:
			r.fault(v, "must be more than 0, and it is %s", got)
			return 0, false
		}
	}
	if v.node.ShortTag() == "!!int" {
		advice = "; write " + shorten(v.node.Value) + "s for seconds"
	}
	r.fault(v, "must be a time with its unit, such as 5s or 500ms, and it is %s%s", got, advice)
	return 0, false
}

// texts reads a list of texts.
func (r *reader) texts(v setting, example string, each func(setting, text)) {
	if isNull(v.node) {
		return
	}
	if v.node.Kind != yaml.SequenceNode {
		r.fault(v, "must be a list, such as %s, and it is %s", example, kind(v.node))
		return
	}
	for i, item := range v.node.Content {
		one := setting{real(item), v.name + "[" + strconv.Itoa(i+1) + "]"}
		if t, ok := r.text(one, false); ok {
			each(one, t)
		}
	}
}

// path reads the path of a file, relative to the configuration's.
func (r *reader) path(v setting) string {
	t, ok := r.text(v, false)
	if !ok {
		return ""
	}
	if t.value == "" {
		r.fault(v, "must be a path, and it is empty")
		return ""
	}
	return r.relative(t.value)
}
