package tracker

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// view reads a part of the conversation from the table that the script has of it, or, as long as there is none, from the
// request, so that nothing is turned into Lua only to be looked at.
type view struct {
	s     *luaapi.Session
	value lua.LValue // nil: as in the document
	doc   jsondoc.Value
}

// part is a view of a big part: table is nil as long as the script did not ask for it, and may be one that the script put there.
func (t *tracker) part(table *lua.LTable, doc jsondoc.Value) view {
	if table == nil {
		return view{s: t.s, doc: doc}
	}
	if doc, untouched := t.s.Values.Source(table); untouched {
		return view{s: t.s, doc: doc}
	}
	return view{s: t.s, value: table}
}

func (t *tracker) eventView() view   { return t.part(t.events, t.doc("events")) }
func (t *tracker) messageView() view { return t.part(t.message, t.doc("latest_message")) }
func (t *tracker) loopView() view    { return t.part(t.loop, t.loopDoc()) }

// get is a member of an object.
func (v view) get(key string) view {
	if v.value == nil {
		return view{s: v.s, doc: v.doc.Get(key)}
	}
	if t, ok := v.value.(*lua.LTable); ok {
		return view{s: v.s, value: v.s.Values.Get(t, key)}
	}
	return view{s: v.s, value: lua.LNil}
}

// items are the items of a list.
func (v view) items(L *lua.LState) []view {
	meter := v.s.State.Meter()
	if v.value == nil {
		items := make([]view, 0, v.doc.Len())
		for it := v.doc.Items(); it.Next(); {
			items = append(items, view{s: v.s, doc: it.Value()})
			meter.Step(L, 1)
		}
		return items
	}
	t, ok := v.value.(*lua.LTable)
	if !ok {
		return nil
	}
	items := make([]view, v.s.Values.Len(t))
	for i := range items {
		items[i] = view{s: v.s, value: v.s.Values.Item(t, i+1)}
		meter.Step(L, 1)
	}
	return items
}

// null says whether there is nothing.
func (v view) null() bool {
	if v.value == nil {
		return !v.doc.Exists() || v.doc.IsNull()
	}
	return v.s.Values.IsNull(v.value)
}

// is says whether it is this text.
func (v view) is(text string) bool {
	if v.value == nil {
		return v.doc.Kind() == jsondoc.String && v.doc.TextIs(text)
	}
	return v.value == lua.LValue(lua.LString(text))
}

// text is the text that it is.
func (v view) text() (text string, ok bool) {
	if v.value == nil {
		return v.doc.Text(), v.doc.Kind() == jsondoc.String
	}
	s, ok := v.value.(lua.LString)
	return string(s), ok
}

// lua is the value for the script; null is nil.
func (v view) lua() lua.LValue {
	switch {
	case v.null():
		return lua.LNil
	case v.value == nil:
		return v.s.Values.From(v.doc)
	}
	return v.value
}
