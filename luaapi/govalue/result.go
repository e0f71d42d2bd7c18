package govalue

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// handed is a Go value on its way to a script, copied, so that nothing of it is shared.
type handed struct {
	plain  lua.LValue // of what needs no copy; nil for the others
	moment *time.Time
	text   []byte // of all else, as JSON
}

// errNoJSON is what a script hears of a value that JSON can't hold: what encoding/json says names types.
var errNoJSON = errors.New("it gave a value that scripts can't have")

// copied is an error of hand with what encoding/json says of it, which is for the log.
type copied struct{ cause error }

func (c *copied) Error() string { return errNoJSON.Error() }
func (c *copied) Unwrap() error { return c.cause }

// hand copies a value. It may run the program's own code (MarshalJSON), and touches nothing of the script's state. A list or table
// that is nil goes out empty if outermost.
func hand(v reflect.Value, outermost bool) (handed, error) {
	for v.Kind() == reflect.Interface {
		if v.IsNil() {
			return handed{plain: lua.LNil}, nil
		}
		v = v.Elem()
	}
	t := v.Type()
	switch {
	case t == timeType:
		moment, _ := v.Interface().(time.Time)
		return handed{moment: &moment}, nil
	case t.Kind() == reflect.Pointer && v.IsNil():
		return handed{plain: lua.LNil}, nil
	case t.Kind() == reflect.Pointer && t.Elem() == timeType:
		return hand(v.Elem(), false)
	case t != numberType && !t.Implements(jsonWriter) && !t.Implements(textWriter):
		if h, ok := plain(v, outermost); ok {
			return h, nil
		}
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(v.Interface()); err != nil {
		return handed{}, &copied{err}
	}
	return handed{text: text.Bytes()}, nil
}

const exact = 1 << 53 // up to where a double holds every whole number

// plain hands over what is a Lua value by itself.
func plain(v reflect.Value, outermost bool) (handed, bool) {
	switch v.Kind() {
	case reflect.String:
		return handed{plain: lua.LString(v.String())}, true
	case reflect.Bool:
		return handed{plain: lua.LBool(v.Bool())}, true
	case reflect.Float32, reflect.Float64:
		return handed{plain: lua.LNumber(v.Float())}, true
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		if n := v.Int(); n < -exact || n > exact {
			return handed{text: strconv.AppendInt(nil, n, 10)}, true
		}
		return handed{plain: lua.LNumber(v.Int())}, true
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		if n := v.Uint(); n > exact {
			return handed{text: strconv.AppendUint(nil, n, 10)}, true
		}
		return handed{plain: lua.LNumber(v.Uint())}, true
	case reflect.Slice:
		switch {
		case v.Type() == bytesType:
			return handed{plain: lua.LString(string(v.Bytes()))}, true
		case v.IsNil() && outermost:
			return handed{text: []byte("[]")}, true
		}
	case reflect.Map:
		if v.IsNil() && outermost {
			return handed{text: []byte("{}")}, true
		}
	}
	return handed{}, false
}

// lua is what was handed, as a value of the script's state, counted against its budget.
func (b *binding) lua(a luaapi.Args, h handed) lua.LValue {
	m := b.State.Meter()
	switch {
	case h.plain != nil:
		if text, ok := h.plain.(lua.LString); ok {
			m.Grow(a.L, a.Name(), len(text))
		}
		return h.plain
	case h.moment != nil:
		return b.clock.Value(*h.moment)
	}
	m.Step(a.L, len(h.text)/64)
	m.Grow(a.L, a.Name(), len(h.text))
	doc, err := jsondoc.Parse(h.text)
	if err != nil {
		a.Raise("%s", errNoJSON)
	}
	return b.Values.From(doc.Root())
}
