package luaapi

import lua "github.com/yuin/gopher-lua"

const rightResult = `return events, such as { SlotSet("name", value) }, or nothing`

// parts tells the shapes apart in which an action may return: nothing, one event, a list of events, or the answer itself.
func (s *Session) parts(result lua.LValue) (events, responses *lua.LTable, err *AnswerError) {
	if result == lua.LNil || result == lua.LFalse || s.Values.IsNull(result) {
		return nil, nil, nil
	}
	t, ok := result.(*lua.LTable)
	if !ok {
		return nil, nil, &AnswerError{Message: "the action returned " + TypeOf(result) + "; " + rightResult}
	}
	if name := s.State.FrozenName(t); name != "" {
		return nil, nil, &AnswerError{Message: "the action returned " + name + "; " + rightResult}
	}
	s.Values.Open(t)
	switch {
	case s.Values.HasKey(t, "event"):
		one := s.L.CreateTable(1, 0)
		one.Append(t)
		return one, nil, nil
	case s.Values.HasKey(t, "events") || s.Values.HasKey(t, "responses"):
		return s.answerParts(t)
	}
	return t, nil, s.onlyItems(t)
}

func (s *Session) onlyItems(t *lua.LTable) *AnswerError {
	key, ok := strayKey(t)
	if ok {
		return nil
	}
	if _, named := key.(lua.LString); !named {
		return &AnswerError{Message: "the action returned a table with the key " + keyText(key) + "; a list of events has items 1, 2, 3 … only"}
	}
	return &AnswerError{Message: "the action returned a table that has " + keyText(key) +
		", but no `event`, so it is no event; " + rightResult}
}

// answerParts are the two lists of an answer that a script wrote itself.
func (s *Session) answerParts(t *lua.LTable) (events, responses *lua.LTable, err *AnswerError) {
	for key, _ := t.Next(lua.LNil); key != lua.LNil; key, _ = t.Next(key) {
		if name, ok := key.(lua.LString); !ok || name != "events" && name != "responses" {
			return nil, nil, &AnswerError{Message: "the action returned a table with events or responses and " + keyText(key) +
				"; beside these two nothing can be returned"}
		}
	}
	if events, err = s.answerList(t, "events", `{ SlotSet("name", value) }`); err != nil {
		return nil, nil, err
	}
	responses, err = s.answerList(t, "responses", `{ { text = "Hello" } }`)
	return events, responses, err
}

func (s *Session) answerList(t *lua.LTable, key, example string) (*lua.LTable, *AnswerError) {
	value := t.RawGetString(key)
	if s.Values.IsNull(value) || value == lua.LFalse {
		return nil, nil
	}
	is := TypeOf(value)
	if list, ok := value.(*lua.LTable); ok {
		if is = s.State.FrozenName(list); is == "" {
			s.Values.Open(list)
			stray, ok := strayKey(list)
			if ok {
				return list, nil
			}
			is = "a table with the key " + keyText(stray)
		}
	}
	return nil, &AnswerError{Message: "the action returned " + key + " that are " + is + ", not a list; write " + key + " = " + example}
}

// strayKey returns a key that no list has; ok if there is none.
func strayKey(t *lua.LTable) (key lua.LValue, ok bool) {
	after := lua.LNil
	if length := t.Len(); length > 0 {
		after = lua.LNumber(length)
	}
	key, _ = t.Next(after)
	return key, key == lua.LNil
}
