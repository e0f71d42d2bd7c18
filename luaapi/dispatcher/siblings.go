package dispatcher

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

// siblings are the deprecated members of the reference. Each takes the reference's parameters, then a table of further keys.
func (d *Dispatcher) siblings() []luaapi.Member {
	text := luaapi.Param{Name: "text", Type: "string"}
	template := luaapi.Param{Name: "template", Type: "string"}
	buttons := luaapi.Param{Name: "buttons", Type: "table", Optional: true}
	tracker := luaapi.Param{Name: "tracker", Type: "table", Optional: true}
	elements := []luaapi.Param{{Name: "elements", Type: "table", Rest: true}}
	more := luaapi.Param{Name: "more", Type: "table", Optional: true}
	rest := luaapi.Param{Name: "silent_fail, more", Type: "any", Optional: true, Rest: true}
	return []luaapi.Member{
		{
			Name: "utter_custom_message", Params: elements, Doc: "Deprecated: use utter_message { elements = … }.",
			Example: `dispatcher:utter_custom_message({ title = "A" })`, Func: d.utterElements,
		},
		{
			Name: "utter_elements", Params: elements, Doc: "Deprecated: use utter_message { elements = … }.",
			Example: `dispatcher:utter_elements({ title = "A" }, { title = "B" })`, Func: d.utterElements,
		},
		{
			Name: "utter_button_message", Params: []luaapi.Param{text, buttons, more}, Doc: "Deprecated: use utter_message { text = …, buttons = … }.",
			Example: `dispatcher:utter_button_message("Shall I?", { { title = "Yes", payload = "/affirm" } })`, Func: d.sibling("text", "buttons"),
		},
		{
			Name: "utter_attachment", Params: []luaapi.Param{{Name: "attachment", Type: "any"}, more}, Doc: "Deprecated: use utter_message { attachment = … }.",
			Example: `dispatcher:utter_attachment("https://example.com/a.pdf")`, Func: d.sibling("attachment"),
		},
		{
			Name: "utter_button_template", Params: []luaapi.Param{template, buttons, tracker, rest}, Doc: "Deprecated: use utter_message { response = …, buttons = … }.",
			Example: `dispatcher:utter_button_template("utter_ask", { { title = "Yes", payload = "/affirm" } }, tracker)`, Func: d.sibling("template", "buttons"),
		},
		{
			Name: "utter_template", Params: []luaapi.Param{template, tracker, rest}, Doc: "Deprecated: use utter_message { response = … }.",
			Example: `dispatcher:utter_template("utter_greet", tracker, { name = "Ann" })`, Func: d.sibling("template"),
		},
		{
			Name: "utter_custom_json", Params: []luaapi.Param{{Name: "json_message", Type: "any"}, more}, Doc: "Deprecated: use utter_message { json_message = … }.",
			Example: `dispatcher:utter_custom_json({ type = "card" })`, Func: d.sibling("json_message"),
		},
		{
			Name: "utter_image_url", Params: []luaapi.Param{{Name: "image", Type: "string"}, more}, Doc: "Deprecated: use utter_message { image = … }.",
			Example: `dispatcher:utter_image_url("https://example.com/a.png")`, Func: d.sibling("image"),
		},
	}
}

// sibling is a member that takes the given keys one by one. What follows is the tracker and silent_fail, which don't matter,
// and at last a table of further keys.
func (d *Dispatcher) sibling(keys ...string) func(luaapi.Args) int {
	return func(a luaapi.Args) int {
		parts := make([]part, 0, len(keys)+2)
		for i, key := range keys {
			if v := a.Get(i + 1); v != lua.LNil {
				parts = append(parts, part{key, v})
			}
		}
		for i := len(keys) + 1; i <= a.Len(); i++ {
			switch v := a.Get(i).(type) {
			case *lua.LNilType, lua.LBool:
			case *lua.LTable:
				if d.s.State.FrozenName(v) == "" {
					parts = d.parts(a, v, parts)
				}
			default:
				a.Raise("takes a table of further keys at the end, { name = … }, not %s", luaapi.TypeOf(v))
			}
		}
		d.list().Append(d.message(a, parts))
		return 0
	}
}

func (d *Dispatcher) utterElements(a luaapi.Args) int {
	list := d.s.L.CreateTable(a.Len(), 0)
	for i := 1; i <= a.Len(); i++ {
		v := a.Get(i)
		t, ok := v.(*lua.LTable)
		switch {
		case !ok || d.s.State.FrozenName(t) != "":
			a.Raise("takes tables, the elements, but argument %d is %s", i, luaapi.TypeOf(v))
		case d.s.Values.IsList(t) && !d.s.Values.IsEmpty(t):
			a.Raise("takes the elements one by one; for a list write dispatcher:utter_message { elements = list }")
		}
		list.Append(t)
	}
	if list.Len() == 0 {
		warn(a, a.Name()+" got no element: the message is sent empty")
	}
	d.list().Append(d.message(a, []part{{"elements", list}}))
	return 0
}
