package luaapi

import (
	"math"
	"strconv"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// Want says what a fresh empty table becomes at its place.
type Want uint8

// What a place takes.
const (
	Any      Want = iota // an empty table is a list
	Object               // an empty table is an object
	Event                // an event: an object, and so are its metadata, data and parse_data
	Response             // a response: an object, and so is its custom
)

const (
	maxDepth  = jsondoc.MaxDepth
	maxAnswer = 16 << 20 // bytes of one encoded value: the answer to a call
)

// ValueError says what can't be sent, and where.
type ValueError struct {
	Place   string // "events[2].value.callback"
	Message string // "a function can't be sent to Rasa"
}

// Error returns the place and what is wrong there.
func (e *ValueError) Error() string { return e.Place + ": " + e.Message }

// JSONAppender is what a Go value behind a userdata implements if it can be sent.
type JSONAppender interface{ AppendJSON(dst []byte) []byte }

// Append appends the value as JSON. place is what errors call it: "events[2]". What was appended before an error is of no use.
func (v *Values) Append(dst []byte, value lua.LValue, want Want, place string) ([]byte, *ValueError) {
	open := len(v.open)
	dst, err := v.append(dst, value, want)
	if err != nil {
		err.Place = place + err.Place
		clear(v.open[open:])
		v.open = v.open[:open]
	}
	return dst, err
}

func unsendable(what string) *ValueError {
	return &ValueError{Message: what + " can't be sent to Rasa"}
}

func (v *Values) append(dst []byte, value lua.LValue, want Want) ([]byte, *ValueError) {
	switch value := value.(type) {
	case lua.LString:
		if len(dst)+len(value) > maxAnswer {
			return dst, tooLong()
		}
		return jsondoc.AppendQuote(dst, string(value)), nil
	case lua.LNumber:
		n := float64(value)
		if math.IsNaN(n) || math.IsInf(n, 0) {
			return dst, &ValueError{Message: "the number " + number.Format(n) + " can't be sent to Rasa; was something divided by zero?"}
		}
		return appendNumber(dst, n), nil
	case lua.LBool:
		return strconv.AppendBool(dst, bool(value)), nil
	case *lua.LTable:
		return v.appendTable(dst, value, want)
	case *lua.LUserData:
		switch inner := value.Value.(type) {
		case null:
			return append(dst, "null"...), nil
		case *number.Integer:
			return append(dst, inner.Digits()...), nil
		case JSONAppender:
			return inner.AppendJSON(dst), nil
		}
	case *lua.LNilType:
		return append(dst, "null"...), nil
	}
	return dst, unsendable(TypeOf(value))
}

func tooLong() *ValueError {
	return &ValueError{Message: "the answer is longer than " + strconv.Itoa(maxAnswer>>20) + " MiB, the most that is sent"}
}

// appendNumber writes whole numbers as integers, and all in the shortest form that reads back the same.
func appendNumber(dst []byte, n float64) []byte {
	if n == math.Trunc(n) && math.Abs(n) < 1e21 {
		if math.Abs(n) <= maxExact {
			return strconv.AppendInt(dst, int64(n), 10)
		}
		return strconv.AppendFloat(dst, n, 'f', -1, 64)
	}
	format := byte('f')
	if abs := math.Abs(n); abs < 1e-5 || abs >= 1e21 {
		format = 'e'
	}
	return strconv.AppendFloat(dst, n, format, -1, 64)
}

func (v *Values) appendTable(dst []byte, t *lua.LTable, want Want) ([]byte, *ValueError) {
	if name := v.s.State.FrozenName(t); name != "" {
		return dst, unsendable(name)
	}
	v.settle(v.Fill(t))
	for _, outer := range v.open {
		if outer == t {
			return dst, &ValueError{Message: "a table that contains itself can't be sent to Rasa"}
		}
	}
	if len(v.open) >= maxDepth {
		return dst, &ValueError{Message: "tables inside tables, more than " + strconv.Itoa(maxDepth) + " deep, can't be sent to Rasa"}
	}
	if len(dst) > maxAnswer {
		return dst, tooLong()
	}
	v.open = append(v.open, t)
	var err *ValueError
	if v.goesAsList(t, want) {
		dst, err = v.appendList(dst, t)
	} else {
		dst, err = v.appendObject(dst, t, want)
	}
	if err == nil {
		v.open[len(v.open)-1] = nil
		v.open = v.open[:len(v.open)-1]
	}
	return dst, err
}

// goesAsList decides what an empty table, or one of both kinds, is taken for; mixtures are found while writing.
func (v *Values) goesAsList(t *lua.LTable, want Want) bool {
	mark := v.mark(t)
	if mark == v.list {
		return true
	}
	if mark == v.forced {
		return false
	}
	if first, _ := t.Next(lua.LNil); first != lua.LNil {
		_, numbered := first.(lua.LNumber)
		return numbered
	}
	return mark == nil && want == Any
}

func (v *Values) appendList(dst []byte, t *lua.LTable) ([]byte, *ValueError) {
	meter := v.s.State.Meter()
	length := t.Len()
	if err := v.checkList(t, length); err != nil {
		return dst, err
	}
	dst = append(dst, '[')
	for i := 1; i <= length; i++ {
		meter.Step(v.s.L, 1)
		if i > 1 {
			dst = append(dst, ',')
		}
		var err *ValueError
		if dst, err = v.append(dst, t.RawGetInt(i), Any); err != nil {
			err.Place = "[" + strconv.Itoa(i) + "]" + err.Place
			return dst, err
		}
	}
	return append(dst, ']'), nil
}

// checkList finds the keys that a list can't have.
func (v *Values) checkList(t *lua.LTable, length int) *ValueError {
	count := 0
	for key, value := t.Next(lua.LNil); key != lua.LNil; key, value = t.Next(key) {
		n, ok := key.(lua.LNumber)
		if !ok {
			return &ValueError{Message: "a table with both items and names (" + index(key) + ") can't be sent to Rasa; make it a list or an object"}
		}
		if i := float64(n); i != math.Trunc(i) || i < 1 || i > float64(length) {
			return &ValueError{Message: "a list with holes can't be sent to Rasa (there is an item " + index(key) +
				", but not all before it); use table.insert, or texts as keys"}
		}
		if value != lua.LNil {
			count++
		}
	}
	if count != length {
		return &ValueError{Message: "a list with holes can't be sent to Rasa; use json.null for an item that is nothing"}
	}
	return nil
}

func (v *Values) appendObject(dst []byte, t *lua.LTable, want Want) ([]byte, *ValueError) {
	dst = append(dst, '{')
	first := true
	put := func(key string, value lua.LValue) *ValueError {
		v.s.State.Meter().Step(v.s.L, 1)
		if !first {
			dst = append(dst, ',')
		}
		first = false
		dst = append(jsondoc.AppendQuote(dst, key), ':')
		var err *ValueError
		if dst, err = v.append(dst, value, want.of(key)); err != nil {
			err.Place = memberPlace(key) + err.Place
		}
		return err
	}
	var fields []field
	if n := v.asNode(t); n != nil {
		fields = n.fields
	}
	for i := range fields {
		value := t.RawGetString(fields[i].key)
		if value == lua.LNil && !fields[i].null {
			continue
		}
		if err := put(fields[i].key, value); err != nil {
			return dst, err
		}
	}
	known := fieldSet(fields)
	for key, value := t.Next(lua.LNil); key != lua.LNil; key, value = t.Next(key) {
		name, err := v.objectKey(t, key)
		if err != nil {
			return dst, err
		}
		if known(name) {
			continue
		}
		if err := put(name, value); err != nil {
			return dst, err
		}
	}
	return append(dst, '}'), nil
}

// of is what an empty table becomes under a key.
func (w Want) of(key string) Want {
	switch {
	case w == Event && (key == "metadata" || key == "data" || key == "parse_data"), w == Response && key == "custom":
		return Object
	}
	return Any
}

func (v *Values) objectKey(t *lua.LTable, key lua.LValue) (string, *ValueError) {
	switch k := key.(type) {
	case lua.LString:
		return string(k), nil
	case lua.LNumber:
		if v.mark(t) == v.forced {
			return number.Format(float64(k)), nil
		}
		return "", &ValueError{Message: "a table with both items (" + index(key) + ") and names can't be sent to Rasa; make it a list or an object"}
	}
	return "", &ValueError{Message: "a table whose keys are not texts (" + TypeOf(key) + ") can't be sent to Rasa"}
}

func fieldSet(fields []field) func(string) bool {
	if len(fields) <= 16 {
		return func(key string) bool {
			for i := range fields {
				if fields[i].key == key {
					return true
				}
			}
			return false
		}
	}
	set := make(map[string]bool, len(fields))
	for i := range fields {
		set[fields[i].key] = true
	}
	return func(key string) bool { return set[key] }
}
