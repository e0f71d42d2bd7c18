package luaapi

import (
	"strconv"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/rasa/jsondoc"
)

// AnswerError says why what a script returned is no answer.
type AnswerError struct {
	Message string
	Script  string // where the event or response was made, if that is known
	Line    int
	Event   string // the event's name, for finding the line of a plain table
}

// Error returns the message.
func (e *AnswerError) Error() string { return e.Message }

// Answer writes the answer for what an action returned and what its dispatcher collected: {"events":[…],"responses":[…]},
// checked against what Rasa accepts. dropped is called with the place of each item that is left out because it is no event.
// It raises when the call has to end.
func (s *Session) Answer(dst []byte, result lua.LValue, messages *lua.LTable, dropped func(place, what string)) ([]byte, *AnswerError) {
	w := answerWriter{s: s, dst: dst, start: len(dst), dropped: dropped}
	events, responses, err := s.parts(result)
	if err != nil {
		return dst, err
	}
	w.dst = append(w.dst, `{"events":[`...)
	if err := w.events(events); err != nil {
		return dst, err
	}
	w.dst = append(w.dst, `],"responses":[`...)
	if err := w.responses(messages, false); err != nil {
		return dst, err
	}
	if err := w.responses(responses, true); err != nil {
		return dst, err
	}
	w.dst = append(w.dst, `]}`...)
	if err := w.check(); err != nil {
		return dst, err
	}
	return w.dst, nil
}

type answerWriter struct {
	s       *Session
	dst     []byte
	start   int
	sent    []sentEvent
	odd     int // events that have to be checked
	said    int
	dropped func(place, what string)
}

type sentEvent struct {
	place int // in the script's list, from 1
	table *lua.LTable
}

// maxDropped is how many items that are no events are told of, in one answer.
const maxDropped = 100

func (w *answerWriter) events(list *lua.LTable) *AnswerError {
	if list == nil {
		return nil
	}
	length := list.Len()
	w.sent = make([]sentEvent, 0, length)
	left := 0
	for i := 1; i <= length; i++ {
		item := list.RawGetInt(i)
		if item == lua.LNil || item == lua.LFalse {
			continue
		}
		w.s.State.Meter().Step(w.s.thread(), 1)
		t, what := w.s.event(item)
		if t == nil {
			if left++; left <= maxDropped {
				w.dropped(itemPlace("events", i), what)
			}
			continue
		}
		if len(w.sent) > 0 {
			w.dst = append(w.dst, ',')
		}
		if err := w.append(t, Event, "events", i); err != nil {
			return err
		}
		w.sent = append(w.sent, sentEvent{place: i, table: t})
		if !w.s.Values.setsSlot(t) {
			w.odd++
		}
	}
	return nil
}

// event returns the table if the item is an event, else what it is.
func (s *Session) event(item lua.LValue) (t *lua.LTable, what string) {
	t, ok := item.(*lua.LTable)
	if !ok {
		return nil, TypeOf(item)
	}
	if name := s.State.FrozenName(t); name != "" {
		return nil, name
	}
	if s.Values.nothing(s.Values.Get(t, "event")) {
		return nil, "a table without `event`"
	}
	return t, ""
}

// nothing is what the reference takes for no event name: none, null, "", 0, false, and an empty list or object.
func (v *Values) nothing(value lua.LValue) bool {
	switch value := value.(type) {
	case lua.LString:
		return value == ""
	case lua.LNumber:
		return value == 0
	case *lua.LTable:
		return v.s.State.FrozenName(value) == "" && v.IsEmpty(value)
	}
	return lua.LVIsFalse(value) || v.IsNull(value)
}

func (w *answerWriter) responses(list *lua.LTable, complete bool) *AnswerError {
	if list == nil {
		return nil
	}
	length := w.s.Values.Len(list)
	for i := 1; i <= length; i++ {
		item := w.s.Values.Item(list, i)
		if item == lua.LNil || item == lua.LFalse {
			continue
		}
		t, problem := w.s.asResponse(item)
		if t == nil {
			return &AnswerError{Message: itemPlace("responses", w.said+1) + ": " + problem}
		}
		if complete {
			t = w.s.completeResponse(t)
		}
		if w.said > 0 {
			w.dst = append(w.dst, ',')
		}
		if err := w.append(t, Response, "responses", w.said+1); err != nil {
			return err
		}
		w.said++
	}
	return nil
}

// asResponse returns the table if the item can be a response, else why not.
func (s *Session) asResponse(item lua.LValue) (t *lua.LTable, problem string) {
	t, ok := item.(*lua.LTable)
	what := TypeOf(item)
	if ok {
		if name := s.State.FrozenName(t); name != "" {
			return nil, name + notToRasa
		}
		if s.Values.Len(t) == 0 {
			return t, ""
		}
		what = "a list"
	}
	return nil, "a response is a table such as { text = \"Hello\" }, not " + what
}

// completeResponse fills in the keys that utter_message always sends, as it does.
func (s *Session) completeResponse(t *lua.LTable) *lua.LTable {
	full, v := s.NewResponse(), s.Values
	v.Open(t)
	for key, value := t.Next(lua.LNil); key != lua.LNil; key, value = t.Next(key) {
		name, ok := key.(lua.LString)
		switch {
		case !ok:
			v.Open(full)
			full.RawSet(key, value)
		case (name == "buttons" || name == "elements" || name == "custom") && v.IsNull(value):
		default:
			v.SetField(full, string(name), value)
		}
	}
	// Both carry the response's name.
	for _, pair := range [][2]string{{"template", "response"}, {"response", "template"}} {
		if !v.HasKey(t, pair[0]) {
			v.SetField(full, pair[0], t.RawGetString(pair[1]))
		}
	}
	script, line := v.Place(t)
	v.SetPlace(full, script, line)
	return full
}

// NewResponse returns a message as the dispatcher begins it: all of Rasa's keys, empty.
func (s *Session) NewResponse() *lua.LTable {
	values := s.Values.Slots(len(s.response.Keys))
	for i, key := range s.response.Keys {
		switch key {
		case "buttons", "elements":
			values[i] = s.Values.emptyList
		case "custom":
			values[i] = s.Values.emptyObject
		}
	}
	return s.Values.Record(s.response, true, values)
}

// NewSlotEvent returns what SlotSet makes; script and line are where errors say it was made. A null value clears the slot.
func (s *Session) NewSlotEvent(name string, value lua.LValue, script string, line int) *lua.LTable {
	values := s.Values.Slots(len(s.slot.Keys))
	values[0], values[2], values[3] = lua.LString("slot"), lua.LString(name), s.Values.Slot(value)
	event := s.Values.Record(s.slot, true, values)
	s.Values.SetPlace(event, script, line)
	return event
}

func itemPlace(list string, i int) string { return list + "[" + strconv.Itoa(i) + "]" }

// append writes item i of a list of the answer.
func (w *answerWriter) append(t *lua.LTable, want Want, list string, i int) *AnswerError {
	var err *ValueError
	if w.dst, err = w.s.Values.appendUpTo(w.start+maxAnswer, w.dst, t, want); err != nil {
		return w.at(err.inside(itemPlace(list, i)).Error(), t)
	}
	return nil
}

func (w *answerWriter) at(message string, t *lua.LTable) *AnswerError {
	e := &AnswerError{Message: message}
	e.Script, e.Line = w.s.Values.Place(t)
	if name, ok := w.s.Values.Get(t, "event").(lua.LString); ok {
		e.Event = string(name)
	}
	return e
}

// maxKeptAnswer is up to which answer, in bytes, the memory for checking it is kept.
const maxKeptAnswer = 1 << 20

// check refuses what Rasa would refuse.
func (w *answerWriter) check() *AnswerError {
	text := w.dst[w.start:]
	if len(text) > maxAnswer {
		return &AnswerError{Message: answerTooLong}
	}
	if w.odd == 0 {
		return nil
	}
	doc := &w.s.answer
	if len(text) > maxKeptAnswer {
		doc = new(jsondoc.Doc)
	}
	if err := doc.Reset(text); err != nil {
		return &AnswerError{Message: "the answer can't be sent: " + err.Error()}
	}
	target := w.s.Target
	if !target.Known() {
		target = rasa.TargetFor(w.s.Call.Version)
	}
	problem := rasa.CheckAnswer(doc.Root(), target)
	if problem == nil {
		return nil
	}
	if problem.Event < 1 || problem.Event > len(w.sent) {
		return &AnswerError{Message: problem.Error()}
	}
	event := w.sent[problem.Event-1]
	place := itemPlace("events", event.place) + insideEvent(problem.Place)
	return w.at(place+": "+problem.Message, event.table)
}

// setsSlot says whether the event is what SlotSet makes of a name and no table: nobody refuses that, and most events are.
func (v *Values) setsSlot(t *lua.LTable) bool {
	n := v.asLazy(t)
	if n == nil || n.source != fromRecord {
		return false
	}
	r := n.record()
	if len(r.values) != 4 || r.shape.Keys[0] != "event" || r.shape.Keys[1] != "timestamp" || r.shape.Keys[2] != "name" || r.shape.Keys[3] != "value" {
		return false
	}
	_, named := r.values[2].(lua.LString)
	_, table := r.values[3].(*lua.LTable)
	return named && !table && r.values[1] == nil && r.values[0] == lua.LValue(lua.LString("slot"))
}

// insideEvent cuts the event itself off the place of a problem: "events[2].value" → ".value".
func insideEvent(place string) string {
	for i := range len(place) {
		if place[i] == ']' {
			return place[i+1:]
		}
	}
	return ""
}
