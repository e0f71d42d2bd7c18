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
	for c := v.children(); c.skip(); {
		dst = append(dst, Child{})
		child := &dst[len(dst)-1]
		if v.kind == Object {
			child.key = int32(c.at)
			child.keyEscaped = c.str()
			child.keyEnd = int32(c.at)
			c.skip()
		}
		value := c.value()
		child.start, child.end, child.tape = value.start, value.end, value.tape
		child.kind, child.escaped = value.kind, value.escaped
	}
	return dst
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
