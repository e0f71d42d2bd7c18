package scripttest

import (
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// givenFields are what run_action takes beside the action's name.
func givenFields() []luaapi.Field {
	return []luaapi.Field{
		{Name: "tracker", Type: "table", Doc: "The whole conversation as Rasa sends it; then no other key but those of a request counts."},
		{Name: "sender_id", Type: "string", Doc: `Who the conversation is with; "test" unless given.`},
		{Name: "slots", Type: "table", Doc: "The slots' values by name."},
		{Name: "text", Type: "string", Doc: "What the user said last."},
		{Name: "intent", Type: "string|table", Doc: "The intent of that: its name, or the table that Rasa has."},
		{Name: "entities", Type: "list", Doc: `What was found in it: { { entity = "city", value = "Ulm" } }.`},
		{Name: "intent_ranking", Type: "list", Doc: "The likeliest intents; the one given unless this says others."},
		{Name: "metadata", Type: "table", Doc: "What the channel sent along with the message."},
		{Name: "latest_message", Type: "table", Doc: "Further keys of the message, or others in the place of those above."},
		{Name: "extracted", Type: "table", Doc: "What a form is to validate, by slot. Without a domain it is what the form requires."},
		{Name: "events", Type: "list", Doc: "What happened after the user's message."},
		{Name: "active_loop", Type: "string|table", Doc: "The form that is active: its name, or the table that Rasa has."},
		{Name: "requested_slot", Type: "string", Doc: "The slot that the form asked for."},
		{Name: "input_channel", Type: "string", Doc: `Where the message came from; "rest" unless given.`},
		{Name: "stack", Type: "list", Doc: "The dialogue stack of a CALM assistant."},
		{Name: "domain", Type: "table", Doc: "The assistant's domain; empty unless given."},
		{Name: "user_id", Type: "string", Doc: "The user's id in a CALM assistant."},
	}
}

// wholeFields are what a request has beside these, when the test gives its tracker.
func wholeFields() []luaapi.Field {
	return []luaapi.Field{
		{Name: "next_action", Type: "string", Doc: "Beside a whole tracker: left alone, the first argument counts."},
		{Name: "domain_digest", Type: "string", Doc: "Beside a whole tracker: the domain's digest."},
		{Name: "version", Type: "string", Doc: "Beside a whole tracker: the version of Rasa that the answer is checked for."},
	}
}

func givenKeys() []string { return luaapi.FieldNames(givenFields()) }

// wholeKeys are those of a whole request.
func wholeKeys() []string {
	return []string{"tracker", "next_action", "sender_id", "domain", "domain_digest", "version"}
}

// given reads what a test says of the conversation.
type given struct {
	a      luaapi.Args
	t      *lua.LTable // nil for nothing
	action string
}

// request is what Rasa would send for the action.
func (r *run) request(a luaapi.Args, action string) []byte {
	g := &given{a: a, action: action}
	if a.Get(2) != lua.LNil {
		g.t = a.Table(2)
	}
	if g.has("tracker") {
		return g.whole()
	}
	if g.t != nil {
		a.KnownKeys(g.t, givenKeys())
	}
	message := g.message()
	o := newObject()
	o.text("next_action", action)
	o.raw("sender_id", g.sender())
	o.raw("tracker", g.tracker(message))
	o.raw("domain", g.domain())
	return o.end()
}

// has says whether a key is given and is not null.
func (g *given) has(key string) bool { return g.t != nil && !g.a.Values.IsNull(g.get(key)) }

func (g *given) get(key string) lua.LValue {
	if g.t == nil {
		return lua.LNil
	}
	return g.a.Values.Get(g.t, key)
}

// whole is a request of which the test gives the tracker as Rasa sends it.
func (g *given) whole() []byte {
	g.a.KnownKeys(g.t, wholeKeys())
	o := newObject()
	o.text("next_action", g.action)
	for _, key := range wholeKeys() {
		switch {
		case key == "next_action" || !g.a.Values.HasKey(g.t, key):
		case key == "tracker" || key == "domain":
			o.raw(key, g.object(key))
		default:
			o.raw(key, g.json(g.get(key), key))
		}
	}
	return o.end()
}

// json is a value as Rasa would send it.
func (g *given) json(v lua.LValue, place string) []byte {
	text, wrong := g.a.Values.AppendText(nil, v, place)
	if wrong != nil {
		g.a.Raise("%s", wrong.Error())
	}
	return text
}

// object is a table with names; {} without any.
func (g *given) object(key string) []byte {
	t := g.table(key, "a table with names")
	if t == nil || g.a.Values.IsEmpty(t) {
		return []byte("{}")
	}
	if g.a.Values.Len(t) > 0 {
		g.a.Raise("%s must be a table with names, but is a list", key)
	}
	return g.json(t, key)
}

// list is a table with items; [] without any.
func (g *given) list(key, example string) []byte {
	t := g.table(key, "a list")
	if t == nil || g.a.Values.IsEmpty(t) {
		return []byte("[]")
	}
	if g.a.Values.Len(t) == 0 {
		g.a.Raise("%s must be a list; write %s = { %s }", key, key, example)
	}
	return g.json(t, key)
}

// table is a value that has to be a table; nil if it is not given.
func (g *given) table(key, must string) *lua.LTable {
	v := g.get(key)
	if g.a.Values.IsNull(v) {
		return nil
	}
	t, ok := v.(*lua.LTable)
	if !ok || g.a.State.FrozenName(t) != "" {
		g.a.Raise("%s must be %s, but is %s", key, must, luaapi.TypeOf(v))
	}
	return t
}

// text is a value that has to be a text.
func (g *given) text(key, standard string) []byte {
	switch v := g.get(key).(type) {
	case lua.LString, lua.LNumber:
		return jsondoc.AppendQuote(nil, v.String())
	default:
		if !g.a.Values.IsNull(v) {
			g.a.Raise("%s must be a text, but is %s", key, luaapi.TypeOf(v))
		}
	}
	return jsondoc.AppendQuote(nil, standard)
}

// now is when all of the conversation happened: the test's present, which it may have frozen.
func (g *given) now() []byte {
	return strconv.AppendFloat(nil, float64(g.a.State.Now().UnixMicro())/1e6, 'f', -1, 64)
}

func (g *given) sender() []byte { return g.text("sender_id", sender) }

// message is the user's last one, with what latest_message says over it.
func (g *given) message() *object {
	o := newObject()
	intent, known := g.intent()
	o.raw("intent", intent)
	o.raw("entities", g.list("entities", `{ entity = "city", value = "Ulm" }`))
	o.raw("text", g.text("text", ""))
	o.raw("message_id", []byte(`"test-message"`))
	o.raw("metadata", g.object("metadata"))
	switch {
	case g.has("intent_ranking"):
		o.raw("intent_ranking", g.list("intent_ranking", `{ name = "greet", confidence = 0.9 }`))
	case known:
		o.raw("intent_ranking", append(append([]byte{'['}, intent...), ']'))
	default:
		o.raw("intent_ranking", []byte("[]"))
	}
	if t := g.table("latest_message", "a table with names"); t != nil {
		for _, name := range g.a.Values.Names(t) {
			o.raw(name, g.json(g.a.Values.Get(t, name), "latest_message."+name))
		}
	}
	return o
}

// intent is a name or a table.
func (g *given) intent() (json []byte, known bool) {
	switch v := g.get("intent").(type) {
	case lua.LString:
		o := newObject()
		o.text("name", string(v))
		o.raw("confidence", []byte("1.0"))
		return o.end(), true
	case *lua.LTable:
		return g.object("intent"), true
	default:
		if !g.a.Values.IsNull(v) {
			g.a.Raise("intent must be a name or a table, but is %s", luaapi.TypeOf(v))
		}
	}
	return []byte(`{"name":null,"confidence":0.0}`), false
}

func (g *given) tracker(message *object) []byte {
	channel := g.text("input_channel", "rest")
	said := message.end()
	o := newObject()
	o.raw("sender_id", g.sender())
	o.raw("slots", g.slots())
	o.raw("latest_message", said)
	o.raw("latest_event_time", g.now())
	o.raw("followup_action", []byte("null"))
	o.raw("paused", []byte("false"))
	o.raw("stack", g.list("stack", `{ frame_id = "1", type = "flow" }`))
	o.raw("events", g.events(message, channel))
	o.raw("latest_input_channel", channel)
	o.raw("active_loop", g.loop(said))
	o.raw("latest_action", []byte(`{"action_name":"action_listen"}`))
	o.raw("latest_action_name", []byte(`"action_listen"`))
	if g.has("user_id") {
		o.raw("user_id", g.text("user_id", ""))
	} else {
		o.raw("user_id", []byte("null"))
	}
	return o.end()
}

// slots are those given, then what the form found, and the slot that it asked for.
func (g *given) slots() []byte {
	o := newObject()
	for _, key := range []string{"slots", "extracted"} {
		g.each(key, func(name string, value []byte) { o.raw(name, value) })
	}
	switch {
	case g.has("requested_slot"):
		o.raw("requested_slot", g.text("requested_slot", ""))
	case g.loopName() != "" && !o.has("requested_slot"):
		o.raw("requested_slot", []byte("null"))
	}
	return o.end()
}

// each visits the names of a table of the test's.
func (g *given) each(key string, f func(name string, value []byte)) {
	t := g.table(key, "a table with names")
	if t == nil {
		return
	}
	if g.a.Values.Len(t) > 0 {
		g.a.Raise(`%s must be a table with names, such as { city = "Ulm" }, but is a list`, key)
	}
	for _, name := range g.a.Values.Names(t) {
		f(name, g.json(g.a.Values.Get(t, name), key+"."+name))
	}
}

// events are the user's message, those of the test, and what the form found.
func (g *given) events(message *object, channel []byte) []byte {
	user := newObject()
	user.text("event", "user")
	user.raw("timestamp", g.now())
	user.raw("metadata", message.get("metadata"))
	user.raw("text", message.get("text"))
	user.raw("parse_data", message.end())
	user.raw("input_channel", channel)
	user.raw("message_id", message.get("message_id"))
	out := append([]byte{'['}, user.end()...)
	if t := g.table("events", "a list"); t != nil && !g.a.Values.IsEmpty(t) {
		listed := g.list("events", `SlotSet("city", "Ulm")`)
		out = append(append(out, ','), listed[1:len(listed)-1]...)
	}
	g.each("extracted", func(name string, value []byte) {
		slot := newObject()
		slot.text("event", "slot")
		slot.raw("timestamp", g.now())
		slot.text("name", name)
		slot.raw("value", value)
		out = append(append(out, ','), slot.end()...)
	})
	return append(out, ']')
}

// loopName is the name of the active form; "" for none, or for a table that says it all.
func (g *given) loopName() string {
	if name, ok := g.get("active_loop").(lua.LString); ok {
		return string(name)
	}
	if form, ok := strings.CutPrefix(g.action, "validate_"); ok && g.has("extracted") && !g.has("active_loop") {
		return form
	}
	return ""
}

func (g *given) loop(trigger []byte) []byte {
	name := g.loopName()
	if name == "" {
		if v := g.get("active_loop"); !g.a.Values.IsNull(v) && v.Type() != lua.LTTable && v != lua.LString("") {
			g.a.Raise("active_loop must be a form's name or a table, but is %s", luaapi.TypeOf(v))
		} else if v == lua.LString("") {
			return []byte("{}")
		}
		return g.object("active_loop")
	}
	o := newObject()
	o.text("name", name)
	o.raw("is_interrupted", []byte("false"))
	o.raw("rejected", []byte("false"))
	o.raw("trigger_message", trigger)
	return o.end()
}

// domain is the one given. Without it a form requires what it found, since nothing else says what it is for.
func (g *given) domain() []byte {
	if g.has("domain") {
		return g.object("domain")
	}
	if !g.has("extracted") {
		return []byte("{}")
	}
	names := []byte{'['}
	all := newObject()
	g.each("extracted", func(name string, _ []byte) {
		if len(names) > 1 {
			names = append(names, ',')
		}
		names = jsondoc.AppendQuote(names, name)
		all.raw(name, []byte(`{"type":"any","mappings":[{"type":"custom"}]}`))
	})
	required := newObject()
	required.raw("required_slots", append(names, ']'))
	forms := newObject()
	for _, name := range []string{strings.TrimPrefix(g.action, "validate_"), g.loopName()} {
		if name != "" {
			forms.raw(name, required.end())
		}
	}
	o := newObject()
	o.raw("slots", all.end())
	o.raw("forms", forms.end())
	return o.end()
}
