package knowledge_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/knowledge"
)

// TestHostileValues: whatever lies in the data is said, refused or passed over; nothing hangs or grows without end.
func TestHostileValues(t *testing.T) {
	t.Parallel()
	const ask = `return knowledge_base { data = { hotel = { { id = 1, name = "Inn", city = value } } } }`
	for name, c := range map[string]struct{ value, want string }{
		"a list in itself":    {`local value = {} value[1] = value`, `has the value '[[...]]' for`},
		"an object in itself": {`local value = {} value.x = value`, `has the value '{'x': {...}}' for`},
		"deep":                {`local value = {} for i = 1, 10000 do value = { value } end`, `a value can't be said: it has lists in lists more than 200 deep`},
		"long":                {`local value = { ("x"):rep(2000000) }`, `a value is too long to be said`},
		"long quoted":         {`local value = { a = ("\0"):rep(1000000) }`, `a value is too long to be said`},
		"wide":                {`local value = {} for i = 1, 200000 do value[i] = 1000000 end`, `a value is too long to be said`},
		"doubled each level":  {`local value = { 1 } for i = 1, 100 do value = { value, value } end`, `a value is too long to be said`},
		"a function":          {`local value = type`, `has the value 'a function' for`},
		"the tracker":         {`local value = tracker`, `has the value 'the tracker' for`},
		"not a number":        {`local value = 0/0`, `has the value 'nan' for`},
		"a metatable":         {`local value = setmetatable({ 1 }, { __index = function() error("no") end, __tostring = function() error("no") end })`, `has the value '[1]' for`},
		"a coroutine":         {`local value = coroutine.create(function() end)`, `has the value 'a coroutine' for`},
	} {
		answer, _, err := run(t, nil, c.value+"\n"+ask, `{"object_type":"hotel","attribute":"city","hotel":"inn"}`, "attribute")
		if err != nil {
			answer = err.Error()
		}
		if !strings.Contains(answer, c.want) {
			t.Errorf("%s: %.300s\nwant %s", name, answer, c.want)
		}
	}
}

// TestHostileFilters: a slot's value is compared with anything.
func TestHostileFilters(t *testing.T) {
	t.Parallel()
	deep := strings.Repeat("[", 400) + strings.Repeat("]", 400)
	for name, c := range map[string]struct{ value, slot, want string }{
		"true is 1":                {`local value = true`, `1`, `1: Inn`},
		"0 is false":               {`local value = 0`, `false`, `1: Inn`},
		"not as text":              {`local value = "1"`, `1`, `could not find`},
		"equal lists":              {`local value = { 1, { a = true } }`, `[1.0,{"a":1}]`, `1: Inn`},
		"unequal lists":            {`local value = { 1, 2 }`, `[1,3]`, `could not find`},
		"unequal names":            {`local value = { a = 1 }`, `{"b":1}`, `could not find`},
		"a null more":              {`local value = { a = 1 }`, `{"a":1,"b":null}`, `could not find`},
		"empty ones":               {`local value = json.object()`, `[]`, `could not find`},
		"empty lists":              {`local value = {}`, `[]`, `1: Inn`},
		"long integers":            {`local value = json.decode("12345678901234567890")`, `12345678901234567890`, `1: Inn`},
		"other long integers":      {`local value = json.decode("12345678901234567890")`, `12345678901234567891`, `could not find`},
		"a list in itself":         {`local value = {} value[1] = value`, `[[[[1]]]]`, `could not find`},
		"a list in itself, deeper": {`local value = {} value[1] = value`, deep, `values can't be compared: they have lists in lists more than 200 deep`},
		"the tracker":              {`local value = tracker`, `{}`, `could not find`},
	} {
		answer, _, err := run(t, nil, c.value+"\nreturn knowledge_base { data = { hotel = { { id = 1, name = 'Inn', city = value } } } }",
			`{"object_type":"hotel","city":`+c.slot+`}`, "")
		if err != nil {
			answer = err.Error()
		}
		if !strings.Contains(answer, c.want) {
			t.Errorf("%s: %.300s\nwant %s", name, answer, c.want)
		}
	}
}

// TestHostileFunctions: functions that change what is being used, yield, or ask again.
func TestHostileFunctions(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, want string }{
		"the data goes away": {`local data = { hotel = { { id = 1, name = "Inn", city = "Ulm" }, { id = 2, name = "Spa", city = "Linz" } } }
			return knowledge_base { data = data, represent = { hotel = function(o) data.hotel = nil o.name = nil o.id = nil return "inn" end } }`, `utter_ask_rephrase`},
		"the tracker's slots go away": {`local tracked = tracker
			return knowledge_base { data = "places.json", represent = { hotel = function(o) tracked.slots = {} return o.name end } }`, `'Inn' has the value 'Ulm'`},
		"it calls itself": {`local action
			action = knowledge_base { data = "places.json", get_object = function() return action(dispatcher, tracker) end }
			return action`, `stack overflow`},
		"it yields in a coroutine": {`local action = knowledge_base { data = "places.json", get_object = function() coroutine.yield(1) end }
			return function(dispatcher, tracker)
				local co = coroutine.create(function(...) return action(...) end)
				local ok, what = coroutine.resume(co, dispatcher, tracker)
				if not ok then error(what, 0) end
				return what
			end`, `yield`},
		"its error is caught": {`local action = knowledge_base { data = "places.json", get_object = function() error("mine") end }
			return function(dispatcher, tracker)
				local ok, what = pcall(action, dispatcher, tracker)
				dispatcher:utter_message(tostring(ok) .. " " .. what)
			end`, `false action_test.lua:2: mine`},
	} {
		answer, _, err := run(t, nil, c.file, `{"object_type":"hotel","attribute":"city","hotel":"inn"}`, "attribute")
		if err != nil {
			answer = err.Error()
		}
		if !strings.Contains(answer, c.want) {
			t.Errorf("%s: %.300s\nwant %s", name, answer, c.want)
		}
	}
}

// TestOddMessages: requests whose parts are not what they should be.
func TestOddMessages(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{
		`{"text":"x"}`: `utter_ask_rephrase`, `null`: `utter_ask_rephrase`, `{"entities":null}`: `utter_ask_rephrase`, `{"entities":{"entity":"hotel"}}`: `utter_ask_rephrase`,
		`{"entities":["hotel",null,5,{"entity":5},{"entity":null},[],{"entity":"hotel"}]}`: `Found the following`,
	} {
		answer, _, err := apitest.Run(t, apitest.Case{
			Request: `{"next_action":"a","tracker":{"sender_id":"s","slots":{"city":"Ulm"},"latest_message":` + message + `}}`,
			Script:  `return knowledge_base { data = "places.json" }(dispatcher, tracker)`,
			Modules: []func(*luaapi.Session) luaapi.Module{files{"places.json": places}.beside, knowledge.New},
		})
		if err != nil || !strings.Contains(answer, want) {
			t.Errorf("%s: %s %v", message, answer, err)
		}
	}
}

// TestManyObjects: a file of many objects is read where it lies, and a call that is told to stop ends while it is.
func TestManyObjects(t *testing.T) {
	t.Parallel()
	var text strings.Builder
	text.WriteString(`{"hotel":[`)
	for i := range 100_000 {
		if i > 0 {
			text.WriteByte(',')
		}
		text.WriteString(`{"id":` + strings.Repeat("1", 1+i%15) + `,"name":"n"}`)
	}
	text.WriteString(`,{"id":0,"name":"last"}]}`)
	doc, _, _, problem := luaapi.ParseData([]byte(text.String()))
	if problem != "" {
		t.Fatal(problem)
	}
	f := held{file: luaapi.DataFile{Path: "many.json", Doc: doc}}
	state := interp.New(interp.Options{})
	t.Cleanup(state.Close)
	session := luaapi.NewSession(state)
	session.Install(knowledge.New(session))
	c, _, bad := interp.Compile("x.lua", []byte(`return function(stop)
		local slots = { object_type = "hotel", attribute = "name", hotel = "LAST" }
		local said
		local tracker = { slots = slots, latest_message = { entities = { { entity = "attribute" } } } }
		knowledge_base { data = "many.json", represent = stop and { hotel = function(o) stop() return o.name end } or nil }(
			{ utter_message = function(_, message) said = message.text end }, tracker)
		return said
	end`))
	if bad != nil {
		t.Fatal(bad.Error())
	}
	call := func(stop lua.LValue) (lua.LValue, error) {
		state.Begin(context.Background(), time.Time{}, 0)
		session.Begin(luaapi.Run{Library: f})
		defer func() {
			session.End()
			state.End()
		}()
		action, err := state.Call(state.Load(c))
		if err != nil {
			return nil, err
		}
		return state.Call(action, stop)
	}
	said, err := call(lua.LNil)
	if err != nil || said.String() != `'last' has the value 'last' for attribute 'name'.` {
		t.Errorf("%v %v", said, err)
	}
	asked := 0
	_, err = call(state.L.NewFunction(func(*lua.LState) int {
		if asked++; asked == 10 {
			state.Meter().Stop(meter.ErrDeadline)
		}
		return 0
	}))
	if !errors.Is(err, meter.ErrDeadline) || asked != 10 {
		t.Errorf("stopped after %d objects: %v", asked, err)
	}
}

// held is a library of one file that was read already.
type held struct {
	files
	file luaapi.DataFile
}

func (h held) Data(string) (luaapi.DataFile, bool) { return h.file, true }
