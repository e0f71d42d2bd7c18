package luaapi

import (
	"strings"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/rasa/jsondoc"
)

const bytesPerStep = 64 // how many bytes are copied at about the cost of a step

// Buffer makes one long text of a member's, counted against the call's budget while it grows.
type Buffer struct {
	a    Args
	made []byte
}

// NewBuffer returns an empty Buffer; about size bytes are expected.
func (a Args) NewBuffer(size int) *Buffer {
	b := &Buffer{a: a}
	b.Room(size)
	return b
}

// Room makes place for n more bytes. It raises when the text would be longer than a text may be.
func (b *Buffer) Room(n int) {
	need := len(b.made) + n
	if need <= cap(b.made) {
		return
	}
	m := b.a.State.Meter()
	size := max(need, min(2*cap(b.made), meter.MaxString))
	if need > meter.MaxString {
		size = need // which is refused
	}
	m.Grow(b.a.L, b.a.Name(), size)
	m.Step(b.a.L, len(b.made)/bytesPerStep)
	made := make([]byte, len(b.made), size)
	copy(made, b.made)
	b.made = made
}

// Add appends a text.
func (b *Buffer) Add(text string) {
	b.Room(len(text))
	b.a.State.Meter().Step(b.a.L, 1+len(text)/bytesPerStep)
	b.made = append(b.made, text...)
}

// AddByte appends one byte.
func (b *Buffer) AddByte(c byte) {
	if len(b.made) == cap(b.made) {
		b.Room(1)
	}
	b.made = append(b.made, c)
}

// Len is how many bytes there are.
func (b *Buffer) Len() int { return len(b.made) }

// Value is the text. Nothing may be added afterwards.
func (b *Buffer) Value() lua.LString {
	if len(b.made) == 0 {
		return ""
	}
	return lua.LString(unsafe.String(&b.made[0], len(b.made)))
}

const shareFrom = 1 << 10 // from how many bytes on a piece of a text is worth a copy

// Part is text[start:end], which shares the bytes of the text unless that would keep much more alive than it needs.
func (a Args) Part(text string, start, end int) lua.LString {
	part := text[start:end]
	if len(text) > shareFrom && len(part) < len(text)/4 {
		a.State.Meter().Need(a.L, a.Name(), len(part))
		part = strings.Clone(part)
	}
	return lua.LString(part)
}

// Listing makes a list of a member's, counted against the call's budget while it grows.
type Listing struct {
	a     Args
	items *lua.LTable
}

// NewList returns an empty Listing. Its list goes out as one, also when it stays empty.
func (a Args) NewList() Listing {
	a.State.Meter().Need(a.L, a.Name(), tableBytes)
	return Listing{a: a, items: a.Values.MarkList(a.L.CreateTable(0, 0))}
}

// Add appends a value. It raises when the list would be longer than Lua's lists may be.
func (l Listing) Add(v lua.LValue) {
	if l.items.Len() >= lua.MaxArrayIndex-1 {
		l.a.Raise("the list would have more than %d items, the most a list may have", lua.MaxArrayIndex-1)
	}
	m := l.a.State.Meter()
	m.Step(l.a.L, 1)
	m.Need(l.a.L, l.a.Name(), 2*itemBytes) // a list that grows is copied
	l.items.Append(v)
}

// Table is the list.
func (l Listing) Table() *lua.LTable { return l.items }

// Plain is a value as it stands in other texts: what JSON has for it, without the quotes. It raises for a table or a function,
// and for what JSON can't hold; place is what messages call it.
func (a Args) Plain(v lua.LValue, place string) string {
	switch v := v.(type) {
	case lua.LString:
		return string(v)
	case *lua.LTable, *lua.LFunction:
		a.Raise("%s is %s; it must be a text, a number, true or false", place, TypeOf(v))
	}
	json, err := a.Values.AppendText(nil, v, place)
	if err != nil {
		a.Raise("%s", err.Error())
	}
	doc, problem := jsondoc.Parse(json)
	if problem != nil || doc.Root().Kind() != jsondoc.String {
		return string(json)
	}
	return doc.Root().Text()
}
