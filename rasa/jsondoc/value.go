package jsondoc

import "bytes"

// Kind is what a value is.
type Kind uint8

// The kinds. Missing is the kind of the zero Value, and of what a look-up did not find.
const (
	Missing Kind = iota
	Null
	Bool
	Number
	String
	Array
	Object
)

// String names the kind as an author would: "text", "list", "true or false" …
func (k Kind) String() string {
	switch k {
	case Null:
		return "null"
	case Bool:
		return "true or false"
	case Number:
		return "number"
	case String:
		return "text"
	case Array:
		return "list"
	case Object:
		return "object"
	default:
		return "missing"
	}
}

// Value is one value of a document: a place in its text, no copy. It is good as long as the document is. The zero Value
// is Missing, and every method of it answers as if there were nothing.
type Value struct {
	doc        *Doc
	start, end int32
	tape       int32 // the container's entry, -1 for all else
	kind       Kind
	escaped    bool // a string with a backslash in it
}

// Kind is what the value is.
func (v Value) Kind() Kind { return v.kind }

// Exists tells whether there is a value at all; null is one.
func (v Value) Exists() bool { return v.kind != Missing }

// IsNull tells whether the value is there and is null.
func (v Value) IsNull() bool { return v.kind == Null }

// Raw is the value's own text, a part of the document's. It must not be changed.
func (v Value) Raw() []byte {
	if v.kind == Missing {
		return nil
	}
	return v.doc.text[v.start:v.end:v.end]
}

// Index is the number of a list or object in its document, in the order of opening and from 0; -1 for all else. Two
// values of one document with the same number are the same value.
func (v Value) Index() int {
	if v.kind < Array {
		return -1
	}
	return int(v.tape)
}

// Bool is true for the value true.
func (v Value) Bool() bool { return v.kind == Bool && v.doc.text[v.start] == 't' }

// Get is the member of an object with this name, the last one if there are several; Missing if there is none, and for
// what is no object.
func (v Value) Get(key string) Value {
	var found Value
	if v.kind != Object {
		return found
	}
	text := v.doc.text
	for c := v.children(); c.skip(); {
		start := c.at
		escaped := c.str()
		same := !escaped && string(text[start+1:c.at-1]) == key
		if escaped {
			name := Value{doc: v.doc, start: int32(start), end: int32(c.at), kind: String, escaped: true}
			same = name.TextIs(key)
		}
		c.skip()
		if same {
			found = c.value()
		} else {
			c.hop()
		}
	}
	return found
}

// Len is the number of items of a list, or of members of an object (a name that is there twice counts twice); 0 for all
// else. It takes time in proportion.
func (v Value) Len() int {
	n := 0
	switch v.kind {
	case Array:
		for it := v.Items(); it.Next(); {
			n++
		}
	case Object:
		for m := v.Members(); m.Next(); {
			n++
		}
	}
	return n
}

// At is an item of a list. They count from 0, and from the end with -1 as the last; outside it is Missing.
func (v Value) At(i int) Value {
	if i < 0 {
		i += v.Len()
	}
	if i < 0 {
		return Value{}
	}
	for it := v.Items(); it.Next(); i-- {
		if i == 0 {
			return it.value
		}
	}
	return Value{}
}

// classify finds out the kind from the text. next is the tape entry that a container at this place has.
func (v *Value) classify(next int32) {
	switch v.doc.text[v.start] {
	case '{':
		v.kind, v.tape = Object, next
	case '[':
		v.kind, v.tape = Array, next
	case '"':
		v.kind = String
		v.escaped = bytes.IndexByte(v.doc.text[v.start:v.end], '\\') >= 0
	case 't', 'f':
		v.kind = Bool
	case 'n':
		v.kind = Null
	default:
		v.kind = Number
	}
}
