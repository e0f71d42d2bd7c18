package luaapi

import (
	"strconv"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// lazy writes a lazy table from its source. What nobody has changed is copied as it stands in its document, byte for byte.
func (e *encoder) lazy(n *node, want Want) *ValueError {
	if n.source == fromRecord {
		return e.record(n.record(), want)
	}
	t := n.text()
	if doc := t.doc.Doc(); !n.changed && !doc.NonFinite() {
		return e.raw(t.doc)
	}
	if n.isList() {
		return e.textList(t)
	}
	return e.textObject(t)
}

// raw copies a part of a document.
func (e *encoder) raw(doc jsondoc.Value) *ValueError {
	text := doc.Raw()
	if len(e.dst)+len(text) > e.most {
		return e.tooLong()
	}
	e.meter.Step(e.L, 1+len(text)/64)
	if len(text) > growsBy {
		e.grow(len(text))
	}
	e.dst = append(e.dst, text...)
	return nil
}

// child writes a child of a lazy table.
func (e *encoder) child(n *textNode, i int) *ValueError {
	c := &e.v.children[int(n.first)+i]
	doc := n.doc.Doc()
	if c.Note == 0 && !doc.NonFinite() {
		return e.raw(doc.Value(c))
	}
	return e.value(e.v.childValue(n, i), Any)
}

func (e *encoder) textList(n *textNode) *ValueError {
	e.dst = append(e.dst, '[')
	for i := range e.v.childrenOf(n) {
		if i > 0 {
			e.dst = append(e.dst, ',')
		}
		if err := e.child(n, i); err != nil {
			err.Place = "[" + strconv.Itoa(i+1) + "]" + err.Place
			return err
		}
	}
	e.dst = append(e.dst, ']')
	return nil
}

func (e *encoder) textObject(n *textNode) *ValueError {
	e.dst = append(e.dst, '{')
	for i := range e.v.childrenOf(n) {
		if i > 0 {
			e.dst = append(e.dst, ',')
		}
		name := n.doc.Doc().Name(&e.v.children[int(n.first)+i])
		if err := e.raw(name); err != nil {
			return err
		}
		e.dst = append(e.dst, ':')
		if err := e.child(n, i); err != nil {
			err.Place = memberPlace(name.Text()) + err.Place
			return err
		}
	}
	e.dst = append(e.dst, '}')
	return nil
}

func (e *encoder) record(n *recordNode, want Want) *ValueError {
	e.dst = append(e.dst, '{')
	empty := len(e.dst)
	for i, value := range n.values {
		if value == nil && !n.nulls {
			continue
		}
		e.meter.Step(e.L, 1)
		if len(e.dst) > empty {
			e.dst = append(e.dst, ',')
		}
		e.dst = append(jsondoc.AppendQuote(e.dst, n.shape.Keys[i]), ':')
		switch value {
		case nil:
			e.dst = append(e.dst, "null"...)
		case lua.LValue(e.v.emptyList):
			e.dst = append(e.dst, "[]"...)
		case lua.LValue(e.v.emptyObject):
			e.dst = append(e.dst, "{}"...)
		default:
			if err := e.value(value, want.of(n.shape.Keys[i])); err != nil {
				err.Place = memberPlace(n.shape.Keys[i]) + err.Place
				return err
			}
		}
	}
	e.dst = append(e.dst, '}')
	return nil
}
