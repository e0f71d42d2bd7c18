package luaapi

import (
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// childrenOf lists what is in the node, when it is first asked for. The Note of a child is the number of its table in
// Values.nodes, from 1, once a script has seen it.
func (v *Values) childrenOf(n *textNode) []jsondoc.Child {
	if n.count < 0 {
		before := len(v.children)
		v.children = n.doc.AppendChildren(v.children)
		n.first, n.count = int32(before), int32(len(v.children)-before)
		v.s.State.Meter().Step(v.s.thread(), 1+int(n.count)/8)
	}
	return v.children[n.first : n.first+n.count]
}

// find returns the place of a name among the node's children, the last one if it is there twice; -1 if there is none.
func (v *Values) find(n *textNode, key string) int {
	if n.doc.Kind() != jsondoc.Object {
		return -1
	}
	children, doc := v.childrenOf(n), n.doc.Doc()
	if len(children) > manyChildren {
		v.s.State.Meter().Step(v.s.thread(), len(children)/16)
	}
	for i := len(children) - 1; i >= 0; i-- {
		if doc.NameIs(&children[i], key) {
			return i
		}
	}
	return -1
}

// childValue is a child as Lua has it. Lists and objects are the same table each time.
func (v *Values) childValue(n *textNode, i int) lua.LValue {
	c := &v.children[int(n.first)+i]
	switch kind := c.Kind(); {
	case kind == jsondoc.String && !c.Escaped():
		return v.plainText(n.doc.Doc().Raw(c))
	case kind < jsondoc.Array:
		return v.From(n.doc.Doc().Value(c))
	}
	if c.Note == 0 {
		table := v.newText(n.doc.Doc().Value(c), n)
		v.nodes = append(v.nodes, table)
		c.Note = int32(len(v.nodes))
	}
	return &v.nodes[c.Note-1].LTable
}

// item is childValue in a list: null is json.null there.
func (v *Values) item(n *textNode, i int) lua.LValue {
	if value := v.childValue(n, i); value != lua.LNil {
		return value
	}
	return v.null
}

// recordValue is a value of a record as Lua has it.
func (v *Values) recordValue(n *recordNode, i int) lua.LValue {
	switch value := n.values[i]; value {
	case nil:
		return lua.LNil
	case lua.LValue(v.emptyList):
		n.values[i] = v.MarkList(v.s.L.CreateTable(0, 0))
	case lua.LValue(v.emptyObject):
		n.values[i] = v.MarkObject(v.s.L.CreateTable(0, 0))
	}
	return n.values[i]
}

func (n *node) isList() bool { return n.source == fromText && n.text().doc.Kind() == jsondoc.Array }

// isPlain says whether a table came from a constructor in a script, so that nothing is known of it but its names.
func (n *node) isPlain() bool { return n.source == fromRecord && !n.record().nulls }

// lazyHas says whether a lazy table has the name, null or not.
func (v *Values) lazyHas(n *node, key string) bool {
	if n.source == fromRecord {
		r := n.record()
		i := r.shape.Find(key)
		return i >= 0 && (r.nulls || r.values[i] != nil)
	}
	return v.find(n.text(), key) >= 0
}

// lazyEmpty says whether there is nothing in a lazy table, not even a null.
func (v *Values) lazyEmpty(n *node) bool {
	if n.source == fromText {
		return len(v.childrenOf(n.text())) == 0
	}
	r := n.record()
	for i := range r.values {
		if r.nulls || r.values[i] != nil {
			return false
		}
	}
	return true
}

// lazyGet reads a name of a lazy table; null is nil, and defaults don't count.
func (v *Values) lazyGet(n *node, key string) lua.LValue {
	if n.source == fromRecord {
		r := n.record()
		if i := r.shape.Find(key); i >= 0 {
			return v.recordValue(r, i)
		}
		return lua.LNil
	}
	if i := v.find(n.text(), key); i >= 0 {
		return v.childValue(n.text(), i)
	}
	return lua.LNil
}

// lazyItem reads an item of a lazy table, from 1.
func (v *Values) lazyItem(n *node, i int) lua.LValue {
	if n.isList() {
		t := n.text()
		if children := v.childrenOf(t); i >= 1 && i <= len(children) {
			return v.item(t, i-1)
		}
	}
	return lua.LNil
}

// lazyLen is how many items a lazy table has.
func (v *Values) lazyLen(n *node) int {
	if n.isList() {
		return len(v.childrenOf(n.text()))
	}
	return 0
}

// manyChildren is from how many names on an object is filled when somebody walks over it: there its own maps are faster.
const manyChildren = 64

// lazyNext is the step of a walk over a lazy table. ok is false if it has to be filled for that.
func (v *Values) lazyNext(n *node, after lua.LValue) (key, value lua.LValue, ok bool) {
	switch {
	case n.source == fromRecord:
		return v.recordNext(n.record(), after)
	case n.isList():
		return v.itemNext(n.text(), after)
	}
	return v.memberNext(n.text(), after)
}

func (v *Values) recordNext(n *recordNode, after lua.LValue) (key, value lua.LValue, ok bool) {
	i := 0
	if after != lua.LNil {
		name, named := after.(lua.LString)
		if i = int(n.cursor); !named || i >= len(n.shape.Keys) || n.shape.Keys[i] != string(name) {
			if i = n.shape.Find(string(name)); i < 0 || !named {
				return nil, nil, false
			}
		}
		if n.values[i] == nil { // no key of the table's
			return nil, nil, false
		}
		i++
	}
	for ; i < len(n.values); i++ {
		if value := v.recordValue(n, i); value != lua.LNil {
			n.cursor = int32(i)
			return n.shape.Names[i], value, true
		}
	}
	return lua.LNil, lua.LNil, true
}

func (v *Values) itemNext(n *textNode, after lua.LValue) (key, value lua.LValue, ok bool) {
	i := 0
	if after != lua.LNil {
		number, isNumber := after.(lua.LNumber)
		if i = int(number); !isNumber || lua.LNumber(i) != number || i < 1 {
			return nil, nil, false
		}
	}
	switch length := len(v.childrenOf(n)); {
	case i > length:
		return nil, nil, false
	case i == length:
		return lua.LNil, lua.LNil, true
	}
	return v.box(float64(i + 1)), v.item(n, i), true
}

func (v *Values) memberNext(n *textNode, after lua.LValue) (key, value lua.LValue, ok bool) {
	children, doc := v.childrenOf(n), n.doc.Doc()
	i := 0
	if after == lua.LNil {
		if v.doubled(n) {
			return nil, nil, false
		}
	} else {
		name, named := after.(lua.LString)
		if i = int(n.cursor); !named || n.visited == "" || !same(string(name), n.visited) {
			if i = v.find(n, string(name)); i < 0 || !named || v.doubled(n) {
				return nil, nil, false
			}
		}
		if children[i].Kind() == jsondoc.Null { // no key of the table's
			return nil, nil, false
		}
		i++
	}
	for ; i < len(children); i++ {
		if children[i].Kind() != jsondoc.Null {
			key := v.name(doc, &children[i])
			name, _ := key.(lua.LString)
			n.cursor, n.visited = int32(i), string(name)
			return key, v.childValue(n, i), true
		}
	}
	return lua.LNil, lua.LNil, true
}

// same tells whether two texts are the same memory.
func same(a, b string) bool { return len(a) == len(b) && unsafe.StringData(a) == unsafe.StringData(b) }

// name is the name of a member as Lua has it.
func (v *Values) name(doc *jsondoc.Doc, c *jsondoc.Child) lua.LValue {
	if raw, plain := doc.RawName(c); plain {
		return v.plainText(raw)
	}
	return v.text(doc.Name(c))
}

// doubled says whether an object may have a name twice: it has, or a name with an escape, which can be another one's, or so many
// names that to compare them takes long.
func (v *Values) doubled(n *textNode) bool {
	children, doc := v.childrenOf(n), n.doc.Doc()
	if len(children) > manyChildren {
		return true
	}
	var seen uint64
	for i := range children {
		name, plain := doc.RawName(&children[i])
		if !plain {
			return true
		}
		bit := uint64(1) << ((len(name)*7 + int(name[1]) + 3*int(name[len(name)-2])) & 63)
		if seen&bit != 0 {
			text := doc.Name(&children[i]).Text()
			for j := range i {
				if doc.NameIs(&children[j], text) {
					return true
				}
			}
		}
		seen |= bit
	}
	return false
}
