package luaapi

import (
	"bytes"
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
	switch doc := t.doc.Doc(); {
	case !n.changed && !doc.NonFinite() && !e.anew:
		return e.raw(t.doc, len(e.v.openTables)-1)
	case n.isList():
		return e.textList(t)
	case e.anew && e.v.doubled(t):
		e.v.Open(&n.LTable)
		return e.object(&n.LTable, want)
	}
	return e.textObject(t)
}

// raw copies a part of a document that lies inside so many tables.
func (e *encoder) raw(doc jsondoc.Value, outside int) *ValueError {
	text := doc.Raw()
	if doc.Kind() >= jsondoc.Array && deeper(text, e.depth-outside) {
		return e.tooDeep()
	}
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

// deeper says whether lists and objects lie inside one another more than most deep in a JSON text.
func deeper(text []byte, most int) bool {
	if len(text) <= 2*most || bytes.Count(text, []byte{'['})+bytes.Count(text, []byte{'{'}) <= most {
		return false // nearly always
	}
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '[', '{':
			if depth++; depth > most {
				return true
			}
		case ']', '}':
			depth--
		case '"':
			for i++; text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		}
	}
	return false
}

// child writes a child of a lazy table.
func (e *encoder) child(n *textNode, i int) *ValueError {
	c := &e.v.children[int(n.first)+i]
	doc := n.doc.Doc()
	if c.Note == 0 && !doc.NonFinite() && !e.anew {
		return e.raw(doc.Value(c), len(e.v.openTables))
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
		if e.anew {
			e.dst = jsondoc.AppendQuote(e.dst, name.Text())
		} else if err := e.raw(name, 0); err != nil {
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
