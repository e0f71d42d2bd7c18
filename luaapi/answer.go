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

// Answer writes the answer for what an action returned and what its dispatcher collected: {"events":[…],"responses":[…]}, checked against what Rasa accepts.
// dropped is called with the place of each item that is left out because it is no event.
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
	for _, list := range []*lua.LTable{messages, responses} {
		if err := w.responses(list, list == responses); err != nil {
			return dst, err
		}
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
	said    int
	dropped func(place, what string)
}

type sentEvent struct {
	place int // in the script's list, from 1
	table *lua.LTable
}

// parts tells the shapes apart in which an action may return: nothing, one event, a list of events, or the answer itself.
func (s *Session) parts(result lua.LValue) (events, responses *lua.LTable, err *AnswerError) {
	if result == lua.LNil || result == lua.LFalse || s.Values.IsNull(result) {
		return nil, nil, nil
	}
	t, ok := result.(*lua.LTable)
	if !ok {
		return nil, nil, &AnswerError{Message: "the action returned " + TypeOf(result) + "; return events, such as { SlotSet(\"name\", value) }, or nothing"}
	}
	s.Values.Fill(t)
	if s.Values.HasKey(t, "event") {
		one := s.L.CreateTable(1, 0)
		one.Append(t)
		return one, nil, nil
	}
	if events, isList := s.member(t, "events"); isList {
		responses, _ := s.member(t, "responses")
		return events, responses, s.onlyAnswerKeys(t)
	} else if responses, isList := s.member(t, "responses"); isList {
		return nil, responses, s.onlyAnswerKeys(t)
	}
	for key, _ := t.Next(lua.LNil); key != lua.LNil; key, _ = t.Next(key) {
		if _, numbered := key.(lua.LNumber); !numbered {
			return nil, nil, &AnswerError{Message: "the action returned a table with " + index(key) +
				" that is no event (it has no `event`); return a list of events, such as { SlotSet(\"name\", value) }"}
		}
	}
	return t, nil, nil
}

func (s *Session) member(t *lua.LTable, key string) (*lua.LTable, bool) {
	list, ok := t.RawGetString(key).(*lua.LTable)
	if ok {
		s.Values.Fill(list)
	}
	return list, ok
}

func (s *Session) onlyAnswerKeys(t *lua.LTable) *AnswerError {
	for key, _ := t.Next(lua.LNil); key != lua.LNil; key, _ = t.Next(key) {
		if name, ok := key.(lua.LString); !ok || name != "events" && name != "responses" {
			return &AnswerError{Message: "the action returned a table with events and " + index(key) + "; only events and responses can be returned"}
		}
	}
	return nil
}

func (w *answerWriter) events(list *lua.LTable) *AnswerError {
	if list == nil {
		return nil
	}
	for i := 1; i <= list.MaxN(); i++ {
		item := list.RawGetInt(i)
		if item == lua.LNil || item == lua.LFalse {
			continue
		}
		place := "events[" + strconv.Itoa(i) + "]"
		t, ok := item.(*lua.LTable)
		if !ok {
			w.dropped(place, TypeOf(item))
			continue
		}
		w.s.Values.Fill(t)
		if falsy(t.RawGetString("event")) || w.s.Values.IsNull(t.RawGetString("event")) {
			w.dropped(place, "a table without `event`")
			continue
		}
		if len(w.sent) > 0 {
			w.dst = append(w.dst, ',')
		}
		var err *ValueError
		if w.dst, err = w.s.Values.Append(w.dst, t, Event, place); err != nil {
			return w.at(err.Error(), t)
		}
		w.sent = append(w.sent, sentEvent{place: i, table: t})
	}
	return nil
}

// falsy is what the reference takes for no event name: none, "", 0, false, and an empty list or object.
func falsy(v lua.LValue) bool {
	switch v := v.(type) {
	case lua.LString:
		return v == ""
	case lua.LNumber:
		return v == 0
	case *lua.LTable:
		first, _ := v.Next(lua.LNil)
		return first == lua.LNil
	}
	return lua.LVIsFalse(v)
}

func (w *answerWriter) responses(list *lua.LTable, complete bool) *AnswerError {
	if list == nil {
		return nil
	}
	w.s.Values.Fill(list)
	for i := 1; i <= list.MaxN(); i++ {
		item := list.RawGetInt(i)
		if item == lua.LNil || item == lua.LFalse {
			continue
		}
		place := "responses[" + strconv.Itoa(w.said+1) + "]"
		t, ok := item.(*lua.LTable)
		if !ok {
			return &AnswerError{Message: place + ": a response is a table, such as { text = \"Hello\" }, not " + TypeOf(item)}
		}
		w.s.Values.Fill(t)
		if complete {
			t = w.s.completeResponse(t)
		}
		if w.said > 0 {
			w.dst = append(w.dst, ',')
		}
		var err *ValueError
		if w.dst, err = w.s.Values.Append(w.dst, t, Response, place); err != nil {
			return w.at(err.Error(), t)
		}
		w.said++
	}
	return nil
}

// completeResponse fills in the keys that utter_message always sends.
func (s *Session) completeResponse(t *lua.LTable) *lua.LTable {
	full := s.NewResponse()
	for k, v := t.Next(lua.LNil); k != lua.LNil; k, v = t.Next(k) {
		if key, ok := k.(lua.LString); ok {
			s.Values.SetField(full, string(key), v)
			continue
		}
		full.RawSet(k, v)
	}
	return full
}

// NewResponse returns a message as the dispatcher begins it: all of Rasa's keys, empty.
func (s *Session) NewResponse() *lua.LTable {
	t := s.Values.Object(rasa.ResponseKeys()...)
	s.Values.SetField(t, "buttons", s.Values.MarkList(s.L.CreateTable(0, 0)))
	s.Values.SetField(t, "elements", s.Values.MarkList(s.L.CreateTable(0, 0)))
	s.Values.SetField(t, "custom", s.Values.MarkObject(s.L.CreateTable(0, 0)))
	return t
}

func (w *answerWriter) at(message string, t *lua.LTable) *AnswerError {
	e := &AnswerError{Message: message}
	e.Script, e.Line = w.s.Values.Place(t)
	if name, ok := t.RawGetString("event").(lua.LString); ok {
		e.Event = string(name)
	}
	return e
}

// check refuses what Rasa would refuse.
func (w *answerWriter) check() *AnswerError {
	if len(w.dst)-w.start > maxAnswer {
		return &AnswerError{Message: tooLong().Message}
	}
	doc, err := jsondoc.Parse(w.dst[w.start:])
	if err != nil {
		return &AnswerError{Message: "the answer can't be sent: " + err.Error()}
	}
	problem := rasa.CheckAnswer(doc.Root(), rasa.Target{})
	if problem == nil {
		return nil
	}
	if problem.Event < 1 || problem.Event > len(w.sent) {
		return &AnswerError{Message: problem.Error()}
	}
	event := w.sent[problem.Event-1]
	place := "events[" + strconv.Itoa(event.place) + "]"
	if problem.Key != "" {
		place += memberPlace(problem.Key)
	}
	return w.at(place+": "+problem.Message, event.table)
}
