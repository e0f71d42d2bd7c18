package jsondoc

import (
	"encoding/binary"
	"math/bits"
)

// cursor walks over the direct children of one container. The text has been checked, so it only hops: over a string by
// its quotes, over a container by the tape, over the rest to the next delimiter.
type cursor struct {
	doc *Doc
	at  int   // where the next child is looked for
	end int   // the container's closing bracket
	sub int32 // the tape entry of the next container inside
}

func (v Value) children() cursor {
	return cursor{doc: v.doc, at: int(v.start) + 1, end: int(v.end) - 1, sub: v.tape + 1}
}

// skip goes over white space and the marks , and : to the next key or value; false at the end.
func (c *cursor) skip() bool {
	text := c.doc.text
	for c.at < c.end && (text[c.at] <= ' ' || text[c.at] == ',' || text[c.at] == ':') {
		c.at++
	}
	return c.at < c.end
}

// str goes over the string at the cursor.
func (c *cursor) str() (escaped bool) {
	c.at, escaped = stringEnd(c.doc.text, c.at)
	return escaped
}

// value takes the value at the cursor and goes over it.
func (c *cursor) value() Value {
	text := c.doc.text
	v := Value{doc: c.doc, start: int32(c.at), tape: -1}
	switch b := text[c.at]; b {
	case '"':
		v.kind = String
		v.escaped = c.str()
	case '{', '[':
		e := &c.doc.tape[c.sub]
		v.kind, v.tape = Array, c.sub
		if b == '{' {
			v.kind = Object
		}
		c.at, c.sub = int(e.end), e.next
	case 't', 'n':
		v.kind = Bool
		if b == 'n' {
			v.kind = Null
		}
		c.at += 4
	case 'f':
		v.kind = Bool
		c.at += 5
	default:
		v.kind = Number
		c.at = numberEnd(text, c.at, c.end)
	}
	v.end = int32(c.at)
	return v
}

// hop goes over the value at the cursor without taking it.
func (c *cursor) hop() {
	text := c.doc.text
	switch text[c.at] {
	case '"':
		c.str()
	case '{', '[':
		e := &c.doc.tape[c.sub]
		c.at, c.sub = int(e.end), e.next
	default:
		c.at = numberEnd(text, c.at, c.end)
	}
}

// numberEnd is the offset after the number at i, or after true, false and null; end is where its container closes. Eight bytes are
// looked at at a time: digits are the only ones there that begin with the bits 0011.
func numberEnd(text []byte, i, end int) int {
	for i+8 <= len(text) {
		other := (binary.LittleEndian.Uint64(text[i:]) ^ lowBits*0x30) & (lowBits * 0xf0)
		if other == 0 {
			i += 8
			continue
		}
		if i += bits.TrailingZeros64(other) >> 3; i >= end || text[i] <= ' ' || text[i] == ',' {
			return min(i, end)
		}
		i++ // a sign, a point or a letter
	}
	for i < end && text[i] > ' ' && text[i] != ',' {
		i++
	}
	return min(i, end)
}

// stringEnd is the offset after the string whose opening quote is at i, and whether it has an escape.
func stringEnd(text []byte, i int) (end int, escaped bool) {
	i++
	for {
		for i+8 <= len(text) {
			w := binary.LittleEndian.Uint64(text[i:])
			quote := w ^ lowBits*'"'
			slash := w ^ lowBits*'\\'
			stop := ((quote-lowBits)&^quote | (slash-lowBits)&^slash) & highBits
			if stop != 0 {
				i += bits.TrailingZeros64(stop) >> 3
				break
			}
			i += 8
		}
		for text[i] != '"' && text[i] != '\\' {
			i++
		}
		if text[i] == '"' {
			return i + 1, escaped
		}
		escaped = true
		i += 2
	}
}

// Items walks over a list:
//
//	for it := v.Items(); it.Next(); {
//		use(it.Value())
//	}
type Items struct {
	c     cursor
	value Value
}

// Items starts a walk over the items of a list. For all else there are none.
func (v Value) Items() Items {
	if v.kind != Array {
		return Items{}
	}
	return Items{c: v.children()}
}

// Next goes to the next item; false after the last.
func (it *Items) Next() bool {
	if it.c.doc == nil || !it.c.skip() {
		it.value = Value{}
		return false
	}
	it.value = it.c.value()
	return true
}

// Value is the item that Next went to.
func (it *Items) Value() Value { return it.value }

// Members walks over an object in the order of its text, names that are there twice twice:
//
//	for m := v.Members(); m.Next(); {
//		use(m.Key(), m.Value())
//	}
type Members struct {
	c     cursor
	key   Value
	value Value
}

// Members starts a walk over the members of an object. For all else there are none.
func (v Value) Members() Members {
	if v.kind != Object {
		return Members{}
	}
	return Members{c: v.children()}
}

// Next goes to the next member; false after the last.
func (m *Members) Next() bool {
	if m.c.doc == nil || !m.c.skip() {
		m.key, m.value = Value{}, Value{}
		return false
	}
	m.key = Value{doc: m.c.doc, start: int32(m.c.at), tape: -1, kind: String}
	m.key.escaped = m.c.str()
	m.key.end = int32(m.c.at)
	m.c.skip()
	m.value = m.c.value()
	return true
}

// Key is the member's name, decoded and copied.
func (m *Members) Key() string { return m.key.Text() }

// KeyIs compares the decoded name without copying it.
func (m *Members) KeyIs(name string) bool { return m.key.TextIs(name) }

// AppendKey appends the decoded name to dst.
func (m *Members) AppendKey(dst []byte) []byte { return m.key.AppendText(dst) }

// RawKey is the name as it stands between its quotes, escapes and all, a part of the document's text.
func (m *Members) RawKey() []byte { return m.key.inside() }

// Value is the member's value.
func (m *Members) Value() Value { return m.value }
