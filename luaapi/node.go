package luaapi

import (
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// node is a table with more to it than Lua can see. The table must stay first: a *lua.LTable whose metatable is one of the
// node metatables is the first field of a node. A lazy node is an empty table to the interpreter library; what it holds is read
// from its source by the hidden metatable, and moves into the table when somebody writes to it.
type node struct {
	lua.LTable
	more    *extras
	call    uint32 // which call a lazy node belongs to
	source  source
	reads   uint8
	changed bool // a lazy node: something below it may be other than the source says
	forced  bool // json.object marked it
}

// source is what a node is filled from.
type source uint8

const (
	fromNothing source = iota // it is a table already
	fromText                  // a textNode
	fromRecord                // a recordNode
)

// extras are what few nodes have.
type extras struct {
	fields   fields // all keys in the document's order, when one is null; empty otherwise
	touch    func() // what a lazy node calls instead of being filled, if not nil
	defaults []byDefault
}

func (n *node) extra() *extras {
	if n.more == nil {
		n.more = &extras{}
	}
	return n.more
}

// fieldsOf are the keys of a node, nil if the table's own are all.
func (n *node) fieldsOf() *fields {
	if n == nil || n.more == nil || len(n.more.fields.list) == 0 {
		return nil
	}
	return &n.more.fields
}

// textNode is a list or an object of a JSON text.
type textNode struct {
	node
	parent       *textNode // nil for the outermost
	doc          jsondoc.Value
	first, count int32  // its children in Values.children; count is -1 as long as nobody looked
	cursor       int32  // where the walk over it was last, in Values.children
	visited      string // the name that the walk gave last: mostly the same memory comes back, and needs no comparing
}

// recordNode is a table with known names.
type recordNode struct {
	node
	shape  *chunk.Shape
	values []lua.LValue // nil: nothing; see absent
	nulls  bool         // what is nothing goes out as null
	cursor int32        // where the walk over it was last
	script string       // where it was made
	line   int32
}

// How many nodes are made at once: few calls need many, and one that does needs very many.
const (
	firstNodes = 4
	mostNodes  = 64
)

// newText returns a lazy table of a list or an object.
func (v *Values) newText(doc jsondoc.Value, parent *textNode) *textNode {
	if len(v.textNodes) == 0 {
		v.madeTexts = min(max(2*v.madeTexts, firstNodes), mostNodes)
		v.s.State.Meter().Need(v.s.thread(), "reading JSON", v.madeTexts*int(unsafe.Sizeof(textNode{})))
		v.textNodes = make([]textNode, v.madeTexts)
	}
	n := &v.textNodes[0]
	v.textNodes = v.textNodes[1:]
	n.Metatable, n.call, n.source, n.doc, n.parent, n.count = v.lazy, v.call, fromText, doc, parent, -1
	return n
}

// Record returns a table with the shape's keys and these values; nil is nothing. Of what is nothing, each key goes out as
// null if nulls is true, and not at all otherwise. The values are the record's from now on.
func (v *Values) Record(shape *chunk.Shape, nulls bool, values []lua.LValue) *lua.LTable {
	if len(v.recordNodes) == 0 {
		v.madeRecords = min(max(2*v.madeRecords, firstNodes), mostNodes)
		v.recordNodes = make([]recordNode, v.madeRecords)
	}
	n := &v.recordNodes[0]
	v.recordNodes = v.recordNodes[1:]
	n.Metatable, n.call, n.source, n.shape, n.nulls, n.values = v.lazy, v.call, fromRecord, shape, nulls, values
	return &n.LTable
}

// constructed makes the table of a constructor in a script; see State.SetRecords. Very many are left to the interpreter: what
// makes so many works with them.
func (v *Values) constructed(L *lua.LState, shape *chunk.Shape) lua.LValue {
	if v.madeConstructed++; v.madeConstructed > mostConstructed {
		return shape.Table(L)
	}
	values, empty := v.Slots(len(shape.Keys)), true
	for i := range values {
		if value := L.Get(i + 2); value != lua.LNil {
			values[i], empty = value, false
		}
	}
	if empty {
		return L.CreateTable(0, 0)
	}
	return v.Record(shape, false, values)
}

// mostConstructed is how many tables of constructors one call makes as records.
const mostConstructed = 200

// Slots returns room for n values of a record, all nothing.
func (v *Values) Slots(n int) []lua.LValue {
	if len(v.room) < n {
		v.madeRoom = min(max(2*v.madeRoom, 16), 256)
		v.room = make([]lua.LValue, max(n, v.madeRoom))
	}
	slots := v.room[:n:n]
	v.room = v.room[n:]
	return slots
}

// Slot is a value as Slots holds it: nil and null are nothing.
func (v *Values) Slot(value lua.LValue) lua.LValue {
	if v.IsNull(value) {
		return nil
	}
	return value
}

// EmptyList and EmptyObject stand for a fresh empty list or object among the values of a record: nothing is made of them unless a
// script looks.
func (v *Values) EmptyList() lua.LValue { return v.emptyList }

// EmptyObject is described at EmptyList.
func (v *Values) EmptyObject() lua.LValue { return v.emptyObject }

// asLazy returns the node of a table that is not filled yet, or nil. One that a call left behind is emptied: the text that it
// was to be read from is gone.
func (v *Values) asLazy(t *lua.LTable) *node {
	if mark, ok := t.Metatable.(*lua.LTable); !ok || mark != v.lazy {
		return nil
	}
	n := (*node)(unsafe.Pointer(t))
	if n.call != v.call {
		n.Metatable, n.source = v.object, fromNothing
		return nil
	}
	if n.more != nil && n.more.touch != nil {
		touch := n.more.touch
		n.Metatable, n.source, n.more.touch = v.object, fromNothing, nil
		touch()
		return nil
	}
	return n
}

func (n *node) text() *textNode     { return (*textNode)(unsafe.Pointer(n)) }
func (n *node) record() *recordNode { return (*recordNode)(unsafe.Pointer(n)) }

// dirty notes that what lies above the node is not as its source says any more.
func (n *node) dirty() {
	n.changed = true
	if n.source != fromText {
		return
	}
	for p := n.text().parent; p != nil && !p.changed; p = p.parent {
		p.changed = true
	}
}
