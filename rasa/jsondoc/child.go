package jsondoc

// Child is one member of an object or one item of a list: what a [Value] is without its document, and the place of the
// member's name. It holds no pointer, so that many of them cost the garbage collector nothing.
type Child struct {
	key, keyEnd int32 // the name with its quotes; 0 in a list
	start, end  int32
	tape        int32
	kind        Kind
	escaped     bool
	keyEscaped  bool

	// Note is the caller's own.
	Note int32
}

// AppendChildren appends the members of an object, or the items of a list, in the order of the text; names that are there
// twice twice. For all else there are none.
func (v Value) AppendChildren(dst []Child) []Child {
	if v.kind < Array {
		return dst
	}
	text, tape, next := v.doc.text, v.doc.tape, v.tape+1
	object := v.kind == Object
	// A cursor's walk, in one loop: this is where the time goes when a script looks at every event.
	for i, end := int(v.start)+1, int(v.end)-1; ; {
		for i < end && (text[i] <= ' ' || text[i] == ',') {
			i++
		}
		if i >= end {
			return dst
		}
		dst = append(dst, Child{tape: -1})
		child := &dst[len(dst)-1]
		if object {
			child.key = int32(i)
			i, child.keyEscaped = stringEnd(text, i)
			child.keyEnd = int32(i)
			for text[i] <= ' ' || text[i] == ':' {
				i++
			}
		}
		child.start = int32(i)
		switch text[i] {
		case '"':
			child.kind = String
			i, child.escaped = stringEnd(text, i)
		case '{', '[':
			if child.kind = Array; text[i] == '{' {
				child.kind = Object
			}
			child.tape = next
			i, next = int(tape[next].end), tape[next].next
		case 't':
			child.kind = Bool
			i += 4
		case 'f':
			child.kind = Bool
			i += 5
		case 'n':
			child.kind = Null
			i += 4
		default:
			child.kind = Number
			i = numberEnd(text, i, end)
		}
		child.end = int32(i)
	}
}

// Kind is what the child's value is.
func (c *Child) Kind() Kind { return c.kind }

// Value is the child's value. The document must be the one that the child is of.
func (d *Doc) Value(c *Child) Value {
	return Value{doc: d, start: c.start, end: c.end, tape: c.tape, kind: c.kind, escaped: c.escaped}
}

// Name is the member's name as a value; Missing in a list.
func (d *Doc) Name(c *Child) Value {
	if c.keyEnd == 0 {
		return Value{}
	}
	return Value{doc: d, start: c.key, end: c.keyEnd, tape: -1, kind: String, escaped: c.keyEscaped}
}

// Raw is the child's own text, a part of the document's. It must not be changed.
func (d *Doc) Raw(c *Child) []byte { return d.text[c.start:c.end:c.end] }

// Escaped tells whether the child is a string with an escape in it.
func (c *Child) Escaped() bool { return c.escaped }

// RawName is the member's name with its quotes, a part of the document's text; plain unless there are escapes in it.
func (d *Doc) RawName(c *Child) (raw []byte, plain bool) {
	return d.text[c.key:c.keyEnd:c.keyEnd], !c.keyEscaped
}

// NameIs compares the member's decoded name without copying it.
func (d *Doc) NameIs(c *Child, name string) bool {
	if !c.keyEscaped {
		return int(c.keyEnd-c.key) == len(name)+2 && string(d.text[c.key+1:c.keyEnd-1]) == name
	}
	return d.Name(c).TextIs(name)
}

// Doc is the document that the value is of, nil for a missing one.
func (v Value) Doc() *Doc { return v.doc }

// Escaped tells whether a string has an escape in it, so that its text is not what stands between its quotes.
func (v Value) Escaped() bool { return v.escaped }
