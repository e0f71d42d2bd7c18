package knowledge

import (
	"strconv"

	lua "github.com/yuin/gopher-lua"
)

// meant identifies the object that the user speaks of, nil if that isn't known.
func (r *run) meant() lua.LValue {
	if mention := r.slot(slotMention); r.truth(cell{value: mention}) {
		return r.mentioned(mention)
	}
	if typ, ok := r.slot(slotType).(lua.LString); ok {
		if name := r.slot(string(typ)); r.truth(cell{value: name}) {
			return name
		}
	}
	if !r.useLast {
		return lua.LNil
	}
	return r.slot(slotLast)
}

// mentioned identifies what "the first one" or "it" stands for. An ordinal means the objects that were listed, anything else the
// last one.
func (r *run) mentioned(mention lua.LValue) lua.LValue {
	listed, _ := r.slot(slotListed).(*lua.LTable)
	word, ok := mention.(lua.LString)
	if ok && listed != nil && r.s.Values.IsList(listed) && r.s.Values.Len(listed) > 0 {
		if id, known := r.ordinal(string(word), listed); known {
			return id
		}
	}
	if r.truth(cell{value: r.slot(slotLastType)}) {
		return r.slot(slotLast)
	}
	return lua.LNil
}

// ordinal picks the item of a list that a mention stands for, nil if the list is too short; known if it is an ordinal at all.
func (r *run) ordinal(word string, list *lua.LTable) (id lua.LValue, known bool) {
	if r.ordinals != nil {
		fn := r.ordinals[word]
		if fn == nil {
			return lua.LNil, false
		}
		return r.notNull(r.call(fn, list)), true
	}
	at := 0
	switch word {
	case "ANY":
		at = 1 + r.chance(r.s.Values.Len(list))
	case "LAST":
		at = r.s.Values.Len(list)
	default:
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > 10 || strconv.Itoa(n) != word {
			return lua.LNil, false
		}
		at = n
	}
	return r.notNull(r.s.Values.Item(list, at)), true
}

func (r *run) notNull(value lua.LValue) lua.LValue {
	if r.s.Values.IsNull(value) {
		return lua.LNil
	}
	return value
}
