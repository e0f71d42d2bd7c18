package luaapi

import (
	"math"
	"strconv"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// Want says what a fresh empty table becomes at its place.
type Want uint8

// What a place takes.
const (
	Any       Want = iota // an empty table is a list
	Object                // an empty table is an object
	Event                 // an event: an object, and so are its metadata, data and parse_data
	Response              // a response: an object, and so is its custom
	objects               // a list of objects
	parseData             // of a user event
)

// of is what an empty table becomes under a key.
func (w Want) of(key string) Want {
	switch w {
	case Event:
		switch key {
		case "metadata", "data":
			return Object
		case "parse_data":
			return parseData
		case "entities":
			return objects
		}
	case Response:
		switch key {
		case "custom":
			return Object
		case "buttons", "elements":
			return objects
		}
	case parseData:
		switch key {
		case "intent", "response_selector", "metadata":
			return Object
		case "entities", "intent_ranking":
			return objects
		}
	}
	return Any
}

// ofItem is what an empty table becomes in a list.
func (w Want) ofItem() Want {
	if w == objects {
		return Object
	}
	return Any
}

const (
	maxDepth  = jsondoc.MaxDepth
	maxAnswer = 16 << 20 // bytes of the answer to a call
	aroundOne = 2        // levels that an answer puts around an event or a response
)

// JSONAppender is what a Go value behind a userdata implements if it can be sent. Lua must not run inside.
type JSONAppender interface{ AppendJSON(dst []byte) []byte }

// Append appends the value as JSON that goes to Rasa. place is what errors call it: "events[2]". What was appended before an
// error is of no use. It raises when the call has to end.
func (v *Values) Append(dst []byte, value lua.LValue, want Want, place string) ([]byte, *ValueError) {
	dst, err := v.appendUpTo(len(dst)+maxAnswer, dst, value, want)
	return dst, err.inside(place)
}

// appendUpTo is Append for a part of something that must not become longer than most. Errors have the place inside the value.
func (v *Values) appendUpTo(most int, dst []byte, value lua.LValue, want Want) ([]byte, *ValueError) {
	e := encoder{v: v, dst: dst, most: most, depth: maxDepth, ending: notToRasa}
	if want == Event || want == Response {
		e.depth -= aroundOne
	}
	return e.run(value, want)
}

// AppendText is Append for JSON that stays a text of the script's: it may be longer, errors don't speak of Rasa, and nothing is copied
// byte for byte, because whoever reads the text would see the client's blanks and escapes.
func (v *Values) AppendText(dst []byte, value lua.LValue, place string) ([]byte, *ValueError) {
	e := encoder{v: v, dst: dst, most: len(dst) + meter.MaxString, depth: maxDepth, ending: notAsText, anew: true}
	dst, err := e.run(value, Any)
	return dst, err.inside(place)
}

// encoder writes one value.
type encoder struct {
	v      *Values
	L      *lua.LState // the thread that runs
	meter  *meter.Meter
	dst    []byte
	most   int    // the longest that dst may become
	depth  int    // how many tables may lie inside one another
	ending string // of errors
	anew   bool   // lazy tables are written as filled ones are
	grown  int    // up to which length of dst the memory is counted
}

func (e *encoder) run(value lua.LValue, want Want) ([]byte, *ValueError) {
	v := e.v
	open := len(v.openTables)
	e.grown, e.L, e.meter = len(e.dst), v.s.thread(), v.s.State.Meter()
	err := e.value(value, want)
	if err == nil && len(e.dst) > e.most {
		err = e.tooLong()
	}
	if err != nil {
		clear(v.openTables[open:])
		v.openTables = v.openTables[:open]
	}
	return e.dst, err
}

func (e *encoder) value(value lua.LValue, want Want) *ValueError {
	switch value := value.(type) {
	case lua.LString:
		if len(e.dst)+len(value) > e.most {
			return e.tooLong()
		}
		if len(value) > growsBy {
			e.grow(len(value))
		}
		e.dst = jsondoc.AppendQuote(e.dst, string(value))
		return nil
	case lua.LNumber:
		n := float64(value)
		if math.IsNaN(n) || math.IsInf(n, 0) {
			return e.cannot("the number "+number.Format(n), "; was something divided by zero?")
		}
		e.dst = appendNumber(e.dst, n)
		return nil
	case lua.LBool:
		e.dst = strconv.AppendBool(e.dst, bool(value))
		return nil
	case *lua.LTable:
		return e.table(value, want)
	case *lua.LUserData:
		switch inner := value.Value.(type) {
		case null:
			e.dst = append(e.dst, "null"...)
			return nil
		case *number.Integer:
			e.dst = append(e.dst, inner.Digits()...)
			return nil
		case JSONAppender:
			e.dst = inner.AppendJSON(e.dst)
			return nil
		}
	case *lua.LNilType:
		e.dst = append(e.dst, "null"...)
		return nil
	}
	advice := ""
	if value.Type() == lua.LTFunction {
		advice = "; leave it out, or call it and send what it gives"
	}
	return e.cannot(TypeOf(value), advice)
}

// growsBy is after how many bytes the memory of what is written is counted again.
const growsBy = 64 << 10

// grow counts what was written since the last time, and what is about to be written, against the call's budget. A slice that
// grows is copied.
func (e *encoder) grow(more int) {
	bytes := len(e.dst) - e.grown + more
	e.grown = len(e.dst) + more
	e.meter.Need(e.L, "writing JSON", 2*bytes)
}

// appendNumber writes whole numbers as integers, and all in the shortest form that reads back the same.
func appendNumber(dst []byte, n float64) []byte {
	abs := math.Abs(n)
	switch {
	case abs <= maxExact && n == math.Trunc(n):
		return strconv.AppendInt(dst, int64(n), 10)
	case abs < 1e-5 || abs >= 1e21:
		return strconv.AppendFloat(dst, n, 'e', -1, 64)
	}
	return strconv.AppendFloat(dst, n, 'f', -1, 64)
}

func (e *encoder) table(t *lua.LTable, want Want) *ValueError {
	v := e.v
	mark := v.mark(t)
	if mark == nil && t.Metatable != lua.LNil {
		if name := v.s.State.FrozenName(t); name != "" {
			return e.cannot(name, "")
		}
	}
	v.settle(t)
	for _, outer := range v.openTables {
		if outer == t {
			return e.cannot("a table that contains itself", "; send a new table with the fields that are needed")
		}
	}
	if len(v.openTables) >= e.depth {
		return e.tooDeep()
	}
	if len(e.dst) > e.most {
		return e.tooLong()
	}
	if len(e.dst)-e.grown > growsBy {
		e.grow(0)
	}
	v.openTables = append(v.openTables, t)
	var err *ValueError
	if n := v.asLazy(t); n != nil {
		err = e.lazy(n, want)
	} else if v.goesAsList(t, want) {
		err = e.list(t, want.ofItem())
	} else {
		err = e.object(t, want)
	}
	if err == nil {
		v.openTables[len(v.openTables)-1] = nil
		v.openTables = v.openTables[:len(v.openTables)-1]
	}
	return err
}

func (e *encoder) tooDeep() *ValueError {
	return e.cannot("tables inside tables, more than "+strconv.Itoa(e.depth)+" deep,", "")
}

// goesAsList decides what an empty table, or one of both kinds, is taken for; mixtures are found while writing.
func (v *Values) goesAsList(t *lua.LTable, want Want) bool {
	mark := v.mark(t)
	if mark == v.list {
		return true
	}
	if n := v.asNode(t); mark == v.forced || n != nil && (n.forced || n.fieldsOf().anyNull()) {
		return false
	}
	if first, _ := t.Next(lua.LNil); first != lua.LNil {
		_, numbered := first.(lua.LNumber)
		return numbered
	}
	return mark == nil && (want == Any || want == objects)
}

func (e *encoder) list(t *lua.LTable, want Want) *ValueError {
	length := t.Len()
	after := lua.LNil
	if length > 0 {
		after = lua.LNumber(length)
	}
	if key, _ := t.Next(after); key != lua.LNil {
		return e.noItem(t, key)
	}
	e.dst = append(e.dst, '[')
	for i := 1; i <= length; i++ {
		if i > 1 {
			e.dst = append(e.dst, ',')
		}
		item := t.RawGetInt(i)
		if item == lua.LNil {
			return e.hole(i, length)
		}
		e.meter.Step(e.L, 1)
		if err := e.value(item, want); err != nil {
			err.Place = "[" + strconv.Itoa(i) + "]" + err.Place
			return err
		}
	}
	e.dst = append(e.dst, ']')
	return nil
}

func (e *encoder) object(t *lua.LTable, want Want) *ValueError {
	e.dst = append(e.dst, '{')
	empty := len(e.dst)
	var known *fields
	if known = e.v.asNode(t).fieldsOf(); known != nil {
		for i := range known.list {
			f := &known.list[i]
			value := t.RawGetString(f.key)
			if value == lua.LNil && !f.null {
				continue
			}
			if err := e.member(f.key, value, want, len(e.dst) == empty); err != nil {
				return err
			}
		}
	}
	forced := e.v.IsForced(t)
	for key, value := t.Next(lua.LNil); key != lua.LNil; key, value = t.Next(key) {
		name, ok := key.(lua.LString)
		if !ok {
			text, written := numberKey(key)
			if !written || !forced {
				return e.noName(t, key, written)
			}
			name = lua.LString(text)
		}
		if known != nil && known.find(string(name)) >= 0 {
			continue
		}
		if err := e.member(string(name), value, want, len(e.dst) == empty); err != nil {
			return err
		}
	}
	e.dst = append(e.dst, '}')
	return nil
}

func (e *encoder) member(key string, value lua.LValue, want Want, first bool) *ValueError {
	e.meter.Step(e.L, 1)
	if !first {
		e.dst = append(e.dst, ',')
	}
	if len(e.dst)+len(key) > e.most {
		return e.tooLong()
	}
	e.dst = append(jsondoc.AppendQuote(e.dst, key), ':')
	err := e.value(value, want.of(key))
	if err != nil {
		err.Place = memberPlace(key) + err.Place
	}
	return err
}

// numberKey writes a number as the name of a member; false if the key is none.
func numberKey(key lua.LValue) (string, bool) {
	switch k := key.(type) {
	case lua.LNumber:
		return number.Format(float64(k)), true
	case *lua.LUserData:
		if n, ok := k.Value.(*number.Integer); ok {
			return n.Digits(), true
		}
	}
	return "", false
}
