package luaapi

import (
	"fmt"
	"strconv"
	"unicode/utf8"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
)

// ValueError says what can't be sent, and where.
type ValueError struct {
	Place   string // "events[2].value.callback"
	Message string // "a function can't be sent to Rasa"
}

// Error returns the place and what is wrong there.
func (e *ValueError) Error() string { return e.Place + ": " + e.Message }

// inside puts the place of the whole value before that of the error; nil stays nil.
func (e *ValueError) inside(place string) *ValueError {
	if e != nil {
		e.Place = shortPlace(place + e.Place)
	}
	return e
}

// How errors end, for JSON that goes to Rasa and for JSON that stays a text.
const (
	notToRasa     = " can't be sent to Rasa"
	notAsText     = " can't be written as JSON"
	answerTooLong = "the answer is longer than 16 MiB, the most that is sent"
	textTooLong   = "the JSON is longer than 64 MiB, the longest a text may be"
)

func (e *encoder) cannot(what, advice string) *ValueError {
	return &ValueError{Message: what + e.ending + advice}
}

func (e *encoder) tooLong() *ValueError {
	if e.ending == notToRasa {
		return &ValueError{Message: answerTooLong}
	}
	return &ValueError{Message: textTooLong}
}

// noItem is the error for a key that a list can't have.
func (e *encoder) noItem(t *lua.LTable, key lua.LValue) *ValueError {
	n, ok := key.(lua.LNumber)
	switch {
	case !ok && t.Len() == 0:
		return e.cannot("a list that has names ("+keyText(key)+")", "; json.object makes an object of it")
	case !ok:
		return e.cannot("a table with both items and names ("+keyText(key)+")", "; make two tables of it")
	case n >= 1 && n == lua.LNumber(int64(n)):
		return e.cannot("a list with holes (it has an item "+keyText(key)+", but not all before it)", "; "+adviceOnHoles)
	}
	return e.cannot("a list with an item "+keyText(key), ": items count from 1; "+adviceOnKeys)
}

const (
	adviceOnHoles = "write json.null for an item that is nothing, or " + adviceOnKeys
	adviceOnKeys  = `use texts as keys, such as t["5"]`
)

func (e *encoder) hole(i, length int) *ValueError {
	return e.cannot(fmt.Sprintf("a list with holes (item %d of %d is nil)", i, length), "; "+adviceOnHoles)
}

// noName is the error for a key that an object can't have.
func (e *encoder) noName(t *lua.LTable, key lua.LValue, isNumber bool) *ValueError {
	switch {
	case !isNumber:
		return e.cannot("a table with a key that is no text ("+TypeOf(key)+")", "")
	case isMixed(t):
		return e.cannot("a table with both items ("+keyText(key)+") and names", "; make two tables of it")
	}
	return e.cannot("a table with the key "+keyText(key), "; "+adviceOnKeys)
}

// isMixed says whether an item 1 is there, as in a list.
func isMixed(t *lua.LTable) bool { return t.RawGetInt(1) != lua.LNil }

// keyText shows a key as the script may have written it: name, ["odd name"], [5].
func keyText(key lua.LValue) string {
	if name, ok := key.(lua.LString); ok && plainName(string(name)) {
		return string(name)
	}
	return index(key)
}

// index writes a place inside a value: .callback, ["odd key"], [2].
func index(key lua.LValue) string {
	switch k := key.(type) {
	case lua.LNumber:
		return "[" + number.Format(float64(k)) + "]"
	case lua.LString:
		return memberPlace(string(k))
	}
	if text, ok := numberKey(key); ok {
		return "[" + text + "]"
	}
	return "[" + TypeOf(key) + "]"
}

func memberPlace(name string) string {
	if plainName(name) {
		return "." + name
	}
	return "[" + strconv.Quote(shortened(name, maxKey)) + "]"
}

// plainName says whether Lua takes the name after a dot.
func plainName(name string) bool {
	for i := range len(name) {
		c := name[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != "" && len(name) <= maxKey
}

// How much of a key and of a place messages show, in bytes.
const (
	maxKey   = 60
	maxPlace = 240
)

func shortened(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return text[:most] + "…"
}

// shortPlace keeps both ends of the place of something that lies very deep.
func shortPlace(place string) string {
	if len(place) <= maxPlace {
		return place
	}
	rest := len(place) - maxPlace/3
	for rest < len(place) && !utf8.RuneStart(place[rest]) {
		rest++
	}
	return shortened(place, 2*maxPlace/3) + place[rest:]
}

// Shown is a script's name as messages repeat it: the beginning of a long one.
func Shown(name string) string { return shortened(name, maxKey) }
