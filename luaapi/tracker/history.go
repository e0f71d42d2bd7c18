package tracker

import (
	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
)

func (t *tracker) latestInputChannel(L *lua.LState) lua.LValue {
	events := t.eventView().items(L)
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].get("event").is("user") {
			return events[i].get("input_channel").lua()
		}
	}
	return lua.LNil
}

// afterRestart is the index from 0 of the first event after the last restart.
func afterRestart(events []view) int {
	for i := len(events) - 1; i >= 0; i-- {
		if events[i].get("event").is("restart") {
			return i + 1
		}
	}
	return 0
}

// applied leaves out what restarts, and taking back, made undone.
func applied(events []view) []view {
	done := make([]view, 0, len(events))
	for _, e := range events[afterRestart(events):] {
		switch kind := e.get("event"); {
		case kind.is("undo"):
			done = takeBack(done, "action")
		case kind.is("rewind"):
			done = takeBack(takeBack(done, "user"), "action")
		default:
			done = append(done, e)
		}
	}
	return done
}

// takeBack removes the events back to the last one of this kind, and that too.
func takeBack(done []view, kind string) []view {
	for i := len(done) - 1; i >= 0; i-- {
		if done[i].get("event").is(kind) {
			return done[:i]
		}
	}
	return done[:0]
}

// touched turns the events into tables, so that what is returned of them are the very tables of tracker.events.
func (t *tracker) touched(L *lua.LState) []view {
	return view{s: t.s, value: t.eventTable()}.items(L)
}

func (t *tracker) listOf(events []view) *lua.LTable {
	list := t.s.L.CreateTable(len(events), 0)
	for i := range events {
		list.Append(events[i].value)
	}
	return t.s.Values.MarkList(list)
}

func (t *tracker) appliedEvents(a luaapi.Args) int {
	return a.Return(t.listOf(applied(t.touched(a.L))))
}

func (t *tracker) eventsAfterRestart(a luaapi.Args) int {
	events := t.touched(a.L)
	return a.Return(t.listOf(events[afterRestart(events):]))
}

func (t *tracker) indexAfterRestart(a luaapi.Args) int {
	return a.Return(lua.LNumber(afterRestart(t.eventView().items(a.L))))
}

// lastEvent finds the newest of the applied events of a kind, leaving out actions that are excluded and then the first few.
func (t *tracker) lastEvent(L *lua.LState, kind string, excluded func(view) bool, skip float64) (view, bool) {
	events := applied(t.eventView().items(L))
	for i := len(events) - 1; i >= 0; i-- {
		e := events[i]
		if !e.get("event").is(kind) || kind == "action" && excluded(e.get("name")) {
			continue
		}
		if skip--; skip < 0 {
			return e, true
		}
	}
	return view{}, false
}

func (t *tracker) lastEventFor(a luaapi.Args) int {
	exclude := a.Table(2)
	if exclude != nil && exclude.Len() == 0 && !t.s.Values.IsEmpty(exclude) {
		a.Raise(`exclude must be a list of action names; write tracker:get_last_event_for("action", { "action_listen" })`)
	}
	excluded := func(name view) bool {
		text, ok := name.text()
		for i := 1; ok && exclude != nil && i <= exclude.Len(); i++ {
			if exclude.RawGetInt(i) == lua.LValue(lua.LString(text)) {
				return true
			}
		}
		return false
	}
	e, ok := t.lastEvent(a.L, a.String(1), excluded, a.Number(3, 0))
	if !ok {
		return a.Return(lua.LNil)
	}
	return a.Return(e.lua())
}

func (t *tracker) lastExecutedActionHas(a luaapi.Args) int {
	e, ok := t.lastEvent(a.L, "action", func(name view) bool { return name.is("action_listen") }, a.Number(2, 0))
	return a.Return(lua.LBool(ok && e.get("name").is(a.String(1))))
}
