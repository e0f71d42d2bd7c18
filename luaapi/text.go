package luaapi

import (
	"encoding/binary"
	"math"
	"sync"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// texts makes the short texts and numbers of a call: those that come again and again are made once, the others share
// memory that belongs to this call alone.
type texts struct {
	words  *[recentTexts]lua.LValue // what every state begins with
	recent [recentTexts]lua.LValue  // what the call has read, and the words, each at its place
	used   []uint8                  // which of recent are not the words; full when nobody counts any more
	boxes  []lua.LString
	chunk  []byte
	made   int
	// scratch is for decoding a text before it is copied.
	scratch []byte
}

// Sizes of texts.
const (
	recentTexts   = 256 // a power of two
	recentCounted = 64  // up to so many are put back one by one
	recentLength  = 40  // longest text in bytes that is looked up
	sharedLength  = 256 // longest text in bytes that shares memory with others
	firstChunk    = 256 // bytes
	mostChunk     = 8192
	boxesAtOnce   = 16
)

// protocolWords are texts that nearly every conversation has many times.
func protocolWords() []string {
	return []string{
		"event", "timestamp", "metadata", "name", "value", "text", "user", "bot", "action", "slot", "parse_data", "data", "intent",
		"entities", "input_channel", "message_id", "policy", "confidence", "action_text", "hide_rule_turn", "action_listen",
		"model_id", "assistant_id", "session_started", "action_session_start", "entity", "start", "end", "role", "group", "extractor",
		"buttons", "elements", "custom", "image", "attachment", "quick_replies", "template", "response", "utter_action", "title", "payload",
		"use_text_for_featurization", "intent_ranking", "active_loop", "slots", "requested_slot", "sender_id", "user_uttered",
	}
}

// commonWords are the protocol's own words, each at its place.
//
//nolint:gochecknoglobals // made once and never changed: there are as many states as calls at once
var commonWords = sync.OnceValue(func() *[recentTexts]lua.LValue {
	words := &[recentTexts]lua.LValue{}
	for _, word := range protocolWords() {
		words[place(unsafe.Slice(unsafe.StringData(word), len(word)))] = lua.LString(word)
	}
	return words
})

func (x *texts) prepare() {
	x.words = commonWords()
	x.recent, x.used = *x.words, make([]uint8, 0, recentCounted)
}

// end forgets the call's own.
func (x *texts) end() {
	if len(x.used) == cap(x.used) {
		x.recent = *x.words
	} else {
		for _, at := range x.used {
			x.recent[at] = x.words[at]
		}
	}
	x.used = x.used[:0]
	x.boxes, x.chunk, x.made = nil, nil, 0
}

// place is where a text of at least one byte is looked for.
func place(text []byte) uint32 {
	n := len(text)
	hash := uint32(n) * 0x85ebca6b
	if n >= 4 {
		hash ^= binary.LittleEndian.Uint32(text) ^ binary.LittleEndian.Uint32(text[n-4:])*0xc2b2ae35
	} else {
		hash ^= uint32(text[0]) | uint32(text[n-1])<<8 | uint32(text[n/2])<<16
	}
	return hash * 0x9e3779b1 >> (32 - 8)
}

// text is a JSON string as Lua has it.
func (v *Values) text(doc jsondoc.Value) lua.LValue {
	raw := doc.Raw()
	if !doc.Escaped() {
		return v.plainText(raw)
	}
	if len(raw) > sharedLength {
		v.grow(0, len(raw))
		return lua.LString(doc.Text())
	}
	v.scratch = doc.AppendText(v.scratch[:0])
	return v.copied(v.scratch)
}

// plainText is a JSON string without escapes, which comes with its quotes.
func (v *Values) plainText(quoted []byte) lua.LValue { return v.copied(quoted[1 : len(quoted)-1]) }

// copied is the text as Lua has it.
func (v *Values) copied(raw []byte) lua.LValue {
	switch {
	case len(raw) == 0:
		return lua.LString("")
	case len(raw) > sharedLength:
		v.grow(0, len(raw))
		return lua.LString(raw)
	case len(raw) > recentLength:
		return v.boxed(raw)
	}
	number := place(raw)
	at := &v.recent[number]
	if known, ok := (*at).(lua.LString); ok && string(known) == string(raw) {
		return *at
	}
	if len(v.used) < cap(v.used) {
		v.used = append(v.used, uint8(number))
	}
	*at = v.boxed(raw)
	return *at
}

// boxed copies a text to the memory that the call's short texts share.
func (v *Values) boxed(raw []byte) lua.LValue {
	if len(raw) > cap(v.chunk)-len(v.chunk) {
		v.made = min(max(2*v.made, firstChunk), mostChunk)
		v.grow(0, v.made)
		v.chunk = make([]byte, 0, v.made)
	}
	if len(v.boxes) == 0 {
		v.boxes = make([]lua.LString, boxesAtOnce)
	}
	start := len(v.chunk)
	v.chunk = append(v.chunk, raw...)
	box := &v.boxes[0]
	v.boxes = v.boxes[1:]
	*box = lua.LString(unsafe.String(&v.chunk[start], len(raw)))
	return inBox(box)
}

// inBox is the value that Go makes of a text when it puts it into an interface, without the allocation: the text lies in a box
// that nobody changes any more.
func inBox(box *lua.LString) lua.LValue {
	var value lua.LValue = lua.LString("")
	(*[2]unsafe.Pointer)(unsafe.Pointer(&value))[1] = unsafe.Pointer(box)
	return value
}

// box is a number as Lua has it.
func (v *Values) box(n float64) lua.LValue {
	if i := int(n); number.IsReady(i) && float64(i) == n && !(i == 0 && math.Signbit(n)) {
		return number.Whole(i)
	}
	return lua.LNumber(n)
}
