package scripttest

import (
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/rasa/jsondoc"
	"github.com/luaction/luaction/spell"
)

// runAction is run_action(name, given).
func (r *run) runAction(a luaapi.Args) int {
	name := a.String(1)
	if r.o.Snapshot.Actions[name] == nil {
		a.Raise("%s", r.noAction(name))
	}
	body := r.request(a, name)
	call, err := rasa.ParseCall(body)
	if err != nil {
		a.Raise("what is given makes no request that Rasa could send: %s", err.Error())
	}
	slots := slotsOf(call) // before the body may still be read by what was left behind
	before := r.log.count()
	outer := r.stubFailed // of the action in whose stub this one is run
	r.stubFailed = nil
	end := r.await(a, call)
	failed := r.stubFailed
	r.stubFailed = outer
	if failed != nil {
		a.State.Again(a.L, failed)
	}
	failure := end.err
	if end.answer.Failure != nil { // on_error has answered; the author wants to know
		failure = end.answer.Failure
	}
	result := answer{logs: r.log.since(before), slots: slots}
	if failure == nil {
		result.body = end.answer.Body
	} else {
		result.rejected = r.refused(a, failure)
	}
	return a.Return(result.table(a))
}

// refused gives the message of a rejection, and raises any other failure as the action's own error.
func (r *run) refused(a luaapi.Args, e *engine.Error) *string {
	text := e.Error()
	switch e.Code {
	case engine.Rejected:
		return &e.Message
	case engine.DomainMissing:
		text = e.Action + " needs the domain, and the request names only its digest; put the whole domain into the request"
	case engine.BadCall:
		text = "run_action: " + e.Message
	}
	a.State.Again(a.L, &interp.Raised{Value: lua.LString(text), Message: text})
	return nil
}

// noAction says why there is no such action: its script has a problem, or the name is another.
func (r *run) noAction(name string) string {
	for i := range r.o.Snapshot.Problems {
		p := &r.o.Snapshot.Problems[i]
		if !p.Warning && p.Script != "" && strings.TrimSuffix(path.Base(p.Script), ".lua") == name {
			return luaapi.Shown(name) + " can't run: " + p.Error()
		}
	}
	text := "there is no action " + luaapi.Shown(name)
	names := slices.Sorted(maps.Keys(r.o.Snapshot.Actions))
	const few = 12
	if near := spell.Nearest(name, names); near != "" {
		return text + "; did you mean " + near + "?"
	}
	if len(names) == 0 {
		return text + ", nor any other: the folder has no script that is an action"
	}
	if len(names) <= few {
		return text + "; there are " + strings.Join(names, ", ")
	}
	return text
}

// answer is what run_action returns.
type answer struct {
	body     []byte // of the answer; nil for a rejection
	slots    *slots
	rejected *string
	logs     []Line
}

// resultKeys are the names in what run_action returns.
func resultKeys() []string {
	object := resultObject()
	return luaapi.FieldNames(object.Fields)
}

func (r *answer) table(a luaapi.Args) *lua.LTable {
	v := a.Values
	body := r.body
	if body == nil {
		body = []byte(`{"events":[],"responses":[]}`)
	}
	doc, err := jsondoc.Parse(body)
	if err != nil {
		a.Raise("the answer is no JSON: %s", err.Error())
	}
	events := doc.Root().Get("events")
	r.slots.apply(events)
	t := a.L.CreateTable(0, len(resultKeys()))
	t.RawSetString("events", v.From(events))
	t.RawSetString("responses", v.From(doc.Root().Get("responses")))
	t.RawSetString("slots", v.From(parsed(r.slots.now.end())))
	if r.rejected != nil {
		t.RawSetString("rejected", lua.LString(*r.rejected))
	}
	t.RawSetString("logs", v.From(parsed(logsJSON(r.logs))))
	meta := a.L.CreateTable(0, 1)
	meta.RawSetString("__index", a.L.NewFunction(missingResult))
	a.L.SetMetatable(t, meta)
	return t
}

// missingResult catches a misspelt name, which would read as nil.
func missingResult(L *lua.LState) int {
	name, ok := L.Get(2).(lua.LString)
	if !ok || slices.Contains(resultKeys(), string(name)) {
		L.Push(lua.LNil)
		return 1
	}
	text := "what run_action returns has no '" + luaapi.Shown(string(name)) + "'"
	if near := spell.Nearest(string(name), resultKeys()); near != "" {
		text += "; did you mean '" + near + "'?"
	} else {
		text += "; it has " + strings.Join(resultKeys(), ", ") + ", and an error of the action is raised"
	}
	L.RaiseError("%s", text)
	return 0
}

// parsed is a document of our own making.
func parsed(text []byte) jsondoc.Value {
	doc, err := jsondoc.Parse(text)
	if err != nil {
		return jsondoc.Value{}
	}
	return doc.Root()
}

func logsJSON(lines []Line) []byte {
	out := []byte{'['}
	for i, l := range lines {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(out, `{"level":`...)
		out = jsondoc.AppendQuote(out, l.Level)
		out = append(out, `,"message":`...)
		out = jsondoc.AppendQuote(out, l.Message)
		out = append(out, `,"fields":{`...)
		for j, f := range l.Fields {
			if j > 0 {
				out = append(out, ',')
			}
			out = append(jsondoc.AppendQuote(out, f.Name), ':')
			value, _ := json.Marshal(f.Value) // a text, a number, true or false
			out = append(out, value...)
		}
		out = append(out, "}}"...)
	}
	return append(out, ']')
}

// slots are a conversation's.
type slots struct {
	now     *object
	initial *object // of the domain
}

func slotsOf(call *rasa.Call) *slots {
	s := &slots{now: newObject(), initial: newObject()}
	for m := call.Field("slots").Members(); m.Next(); {
		s.now.raw(m.Key(), slices.Clone(m.Value().Raw()))
	}
	for m := call.Domain.Get("slots").Members(); m.Next(); {
		if initial := m.Value().Get("initial_value"); initial.Exists() {
			s.initial.raw(m.Key(), slices.Clone(initial.Raw()))
		}
	}
	return s
}

// apply changes the slots as Rasa does when it takes the events.
func (s *slots) apply(events jsondoc.Value) {
	for items := events.Items(); items.Next(); {
		e := items.Value()
		switch kind := e.Get("event"); {
		case kind.TextIs("slot"):
			value := []byte("null")
			if given := e.Get("value"); given.Exists() {
				value = given.Raw()
			}
			s.now.raw(e.Get("name").Text(), value)
		case kind.TextIs("reset_slots"), kind.TextIs("restart"), kind.TextIs("session_started"):
			for _, name := range s.now.names {
				s.now.raw(name, []byte("null"))
			}
			for _, name := range s.initial.names {
				s.now.raw(name, s.initial.get(name))
			}
		}
	}
}
