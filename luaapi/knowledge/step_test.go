package knowledge_test

import (
	"strings"
	"testing"
)

// sources are the four functions that stand in for data.
const sources = `get_object_types = function() return { "hotel" } end,
	get_attributes_of_object = function(type) return { "city" } end,
	get_objects = function(type, attributes, limit) return { { id = 7, name = type, city = attributes[1].name .. attributes[1].value .. limit } } end,
	get_object = function(type, identifier) return { id = 8, name = type .. identifier, city = "Ulm" } end,`

func TestSteps(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, options, slots, entities, want string }{
		{"no data: listing", sources, `{"city":"x"}`, `hotel`, `Found the following objects of type 'hotel': / 1: hotel` + resets +
			`last_object=7 last_object_type="hotel" listed_objects=[7] city=null`},
		{"no data: an attribute", sources, `{"object_type":"hotel","attribute":"city","hotel":"a"}`, `attribute`,
			`'hotela' has the value 'Ulm' for attribute 'city'.` + told + `last_object=8 last_object_type="hotel"`},
		{"one of the four", `data = "places.json", get_object = function(type, id) return { id = id, name = type, city = "X" } end`,
			`{"object_type":"hotel","attribute":"city","knowledge_base_last_object":3}`, `attribute`,
			`'hotel' has the value 'X' for attribute 'city'.` + told + `last_object=3 last_object_type="hotel"`},
		{"types of the script's", `data = "places.json", get_object_types = function() return { "zoo" } end`, `{}`, `hotel zoo`,
			`I could not find any objects of type 'zoo'.: `},
		{"attributes of the script's", `data = "places.json", get_attributes_of_object = function() return { "city" } end`,
			`{"object_type":"hotel","city":"Ulm","pool":true}`, ``, `Found the following objects of type 'hotel': / 1: Inn` + resets +
				`last_object=1 last_object_type="hotel" listed_objects=[1] city=null`},
		{"nothing found", `data = "places.json", get_objects = function() end`, `{"object_type":"hotel","city":"Ulm"}`, ``,
			`I could not find any objects of type 'hotel'.: city=null`},
		{"an empty list found", `data = "places.json", get_objects = function() return {} end`, `{"object_type":"hotel"}`, ``,
			`I could not find any objects of type 'hotel'.: `},
		{"more than five of the script's", `data = "places.json", get_objects = function() local t = {} for i = 1, 6 do t[i] = { id = i, name = i } end return t end`,
			`{"object_type":"hotel"}`, ``, `Found the following objects of type 'hotel': / 1: 1 / 2: 2 / 3: 3 / 4: 4 / 5: 5 / 6: 6` + resets +
				`last_object=null last_object_type="hotel" listed_objects=[1,2,3,4,5,6]`},
		{"no object", `data = "places.json", get_object = function() return nil end`, `{"object_type":"hotel","attribute":"city","hotel":"inn"}`, `attribute`, again},
		{"false for no object", `data = "places.json", get_object = function() return false end`, `{"object_type":"hotel","attribute":"city","hotel":"inn"}`, `attribute`, again},
		{"an empty object", `data = "places.json", get_object = function() return {} end`, `{"object_type":"hotel","attribute":"city","hotel":"inn"}`, `attribute`, again},
		{"another key", `data = "places.json", key = { hotel = "name" }`, `{"object_type":"hotel","city":"Ulm"}`, ``,
			`Found the following objects of type 'hotel': / 1: Inn` + resets + `last_object="Inn" last_object_type="hotel" listed_objects=["Inn"] city=null`},
		{"another representation", `data = "places.json", represent = { hotel = function(o) return o.name .. " in " .. o.city end }`,
			`{"object_type":"hotel","attribute":"stars","hotel":"in ulm"}`, `attribute`,
			`'Inn in Ulm' has the value '4.0' for attribute 'stars'.` + told + `last_object=1 last_object_type="hotel"`},
		{"a representation that is a number", `data = "places.json", represent = { hotel = function(o) return o.stars end }`,
			`{"object_type":"hotel","city":"Linz"}`, ``, `Found the following objects of type 'hotel': / 1: 4.5` + resets +
				`last_object=2 last_object_type="hotel" listed_objects=[2] city=null`},
		{"own wording", `data = "places.json", utter_attribute_value = function(d, name, attribute, value) d:utter_message(name .. attribute .. tostring(value)) end`,
			`{"object_type":"hotel","attribute":"note","hotel":"inn"}`, `attribute`, `Innnotenil` + told + `last_object=1 last_object_type="hotel"`},
		{"own list", `data = "places.json", utter_objects = function(d, type, objects) d:utter_message(type .. #objects .. (objects[1] or {}).name) end`,
			`{"object_type":"hotel","city":"Ulm"}`, ``, `hotel1Inn` + resets + `last_object=1 last_object_type="hotel" listed_objects=[1] city=null`},
		{"what it does to an object stays there", `data = "places.json", utter_objects = function(d, type, objects) objects[1].id = 9 objects[1] = nil end`,
			`{"object_type":"hotel","city":"Ulm"}`, ``, resets + `last_object=1 last_object_type="hotel" listed_objects=[1] city=null`},
		{"no last object", `data = "places.json", use_last_object_mention = false`,
			`{"object_type":"hotel","attribute":"city","knowledge_base_last_object":2}`, `attribute`, again},
		{"own ordinals", `data = "places.json", ordinal_mention_mapping = { second = function(list) return list[2] end }`,
			`{"object_type":"hotel","attribute":"city","mention":"second","knowledge_base_listed_objects":[1,2]}`, `attribute`,
			`'Spa' has the value 'Linz' for attribute 'city'.` + told + `last_object=2 last_object_type="hotel"`},
		{"own ordinals replace them all", `data = "places.json", ordinal_mention_mapping = { second = function(list) return list[2] end }`,
			`{"object_type":"hotel","attribute":"city","mention":"1","knowledge_base_listed_objects":[1,2]}`, `attribute`, again},
		{"an ordinal that finds nothing", `data = "places.json", ordinal_mention_mapping = { ["1"] = function(list) end }`,
			`{"object_type":"hotel","attribute":"city","mention":"1","knowledge_base_listed_objects":[1,2]}`, `attribute`, again},
		{"a number for an ordinal", `data = "places.json", ordinal_mention_mapping = { function(list) return list[2] end }`,
			`{"object_type":"hotel","attribute":"city","mention":"1","knowledge_base_listed_objects":[1,2]}`, `attribute`,
			`'Spa' has the value 'Linz' for attribute 'city'.` + told + `last_object=2 last_object_type="hotel"`},
	} {
		answer, _, err := run(t, nil, `return knowledge_base { `+c.options+` }`, c.slots, c.entities)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := short(t, answer); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestSeenAtOnce: the type that was inferred shows in the tracker for the script's functions.
func TestSeenAtOnce(t *testing.T) {
	t.Parallel()
	answer, _, err := run(t, nil, `
		local seen
		local answer = knowledge_base { data = "places.json", utter_objects = function() end, get_objects = function(type) return { { id = seen.slots.object_type } } end }
		return function(dispatcher, tracker)
			seen = tracker
			local events = answer(dispatcher, tracker)
			table.insert(events, SlotSet("mine", #tracker.events))
			return events
		end`, `{}`, `hotel`)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := short(t, answer), resets+`last_object="hotel" last_object_type="hotel" listed_objects=["hotel"] mine=1`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestOptionErrors(t *testing.T) {
	t.Parallel()
	f := files{"places.json": places, "broken.json": "{\n\"hotel\": [}", "list.json": "[]", "shape.json": `{"hotel":{"id":1}}`, "items.json": `{"hotel":[{"id":1},"x"]}`,
		"places.txt": places, "broken.txt": "{\n\n"}
	for file, want := range map[string]string{
		`knowledge_base`:                               `knowledge_base: the argument must be a table, but is nil`,
		`knowledge_base("places.json")`:                `the argument must be a table, but is a text`,
		`knowledge_base {}`:                            `knowledge_base: needs data; write data = "data/hotels.json", or data = {`,
		`knowledge_base { date = "places.json" }`:      `knowledge_base: doesn't know 'date'; did you mean 'data'? It takes data, key, represent, use_last_object_mention, ordinal_mention_mapping, get_object_types, get_attributes_of_object, get_objects, get_object, utter_objects, utter_attribute_value.`,
		`knowledge_base { "places.json" }`:             `takes names, not items`,
		`knowledge_base(tracker)`:                      `takes a table with names, but got the tracker`,
		`knowledge_base { data = 7 }`:                  `data must be the name of a file or a table, but is a number; write data = "data/hotels.json", or`,
		`knowledge_base { data = json.null }`:          `data must be a text or a table, but is json.null`,
		`knowledge_base { data = tracker }`:            `data can't be the tracker`,
		`knowledge_base { data = { {} } }`:             `data must have a list for each type, by its name, but has items`,
		`knowledge_base { data = { hotel = 1 } }`:      `data: 'hotel' must be a list of objects, but is a number`,
		`knowledge_base { data = { h = { id = 1 } } }`: `data: 'h' must be a list of objects, but is a table with names`,
		`knowledge_base { data = { h = tracker } }`:    `data: 'h' must be a list of objects, but is the tracker`,
		`knowledge_base { data = "place.json" }`:       `action_test.lua:2: knowledge_base: there is no data file "place.json" in the scripts folder; did you mean "places.json"?`,
		`knowledge_base { data = "../places.json" }`:   `"../places.json" must be the path below the scripts folder, with slashes; write "places.json"`,
		`knowledge_base { data = "../x.json" }`:        `leads out of the scripts folder with ".."`,
		`knowledge_base { data = "broken.json" }`:      `action_test.lua:2: knowledge_base: broken.json:2: this file is not JSON: a value was expected`,
		`knowledge_base { data = "broken.txt" }`:       `knowledge_base: broken.txt:3: this file is not JSON: the text ends too early`,
		`knowledge_base { data = "list.json" }`:        `list.json must hold an object with a list for each type, such as { "hotel": [ { "id": 1, "name": "Inn" } ] }, but holds a list`,
		`knowledge_base { data = "shape.json" }`:       `shape.json: 'hotel' must be a list of objects, but is an object`,
		`knowledge_base { data = "items.json" }`:       `items.json: item 2 of 'hotel' must be an object, but is a text`,
		`knowledge_base { data = { hotel = { 5 } } }`:  `action_test.lua:2: data: item 1, a number, of 'hotel' must be an object`,

		`knowledge_base { data = "places.json", key = "id" }`:                                             `key must be a table, but is a text`,
		`knowledge_base { data = "places.json", key = { "id" } }`:                                         `key takes the names of object types, not items; write key = { hotel = "code" }`,
		`knowledge_base { data = "places.json", key = { hotel = 5 } }`:                                    `key: 'hotel' needs the name of an attribute, but has a number`,
		`knowledge_base { data = "places.json", represent = { hotel = "name" } }`:                         `represent: 'hotel' needs a function, but has a text`,
		`knowledge_base { data = "places.json", represent = { type } }`:                                   `represent takes names, not items`,
		`knowledge_base { data = "places.json", represent = tracker }`:                                    `represent can't be the tracker`,
		`knowledge_base { data = "places.json", ordinal_mention_mapping = { ["1"] = 1 } }`:                `ordinal_mention_mapping: '1' needs a function, but has a number`,
		`knowledge_base { data = "places.json", use_last_object_mention = 1 }`:                            `use_last_object_mention must be true or false, but is a number`,
		`knowledge_base { data = "places.json", get_object = "x" }`:                                       `get_object must be a function, but is a text`,
		`knowledge_base { get_object = pairs, get_objects = pairs }`:                                      `knowledge_base: needs data, or all of the functions get_object_types, get_attributes_of_object, get_objects, get_object; missing: get_object_types, get_attributes_of_object`,
		`knowledge_base { data = "places.json" }(nil, tracker)`:                                           `needs the dispatcher as its first argument, but has nil; call it as f(dispatcher, tracker)`,
		`knowledge_base { data = "places.json" }(dispatcher)`:                                             `needs the tracker as its second argument, but has nil`,
		`knowledge_base { data = "places.json" }(dispatcher, {})`:                                         `needs the tracker as its second argument, but has another table`,
		`knowledge_base { data = "places.json" }({}, tracker)`:                                            `needs the dispatcher as its first argument, but has another table`,
		`knowledge_base { data = "places.json", represent = { hotel = function() end } }`:                 `action_test.lua:2: represent: the function of 'hotel' must return a text, but returned nil; write represent = { hotel = function(object) return object.title end }`,
		`knowledge_base { data = "places.json", key = { hotel = "code" } }`:                               `action_test.lua:2: an object of type 'hotel' has no 'code', by which it could be found again; add it, or write key = { hotel = "code" }`,
		`knowledge_base { data = { hotel = { { id = 1 } } } }`:                                            `an object of type 'hotel' has no 'name', by which it could be called; add it, or write represent =`,
		`knowledge_base { data = "places.json", get_objects = function() return 5 end }`:                  `get_objects must return a list of objects, but returned a number`,
		`knowledge_base { data = "places.json", get_objects = function() return {id=1} end }`:             `get_objects must return a list of objects, but returned a table with names`,
		`knowledge_base { data = "places.json", get_objects = function() return tracker end }`:            `get_objects must return a list of objects, but returned the tracker`,
		`knowledge_base { data = "places.json", get_objects = function() return {1} end }`:                `get_objects must return a list of objects, but item 1, a number, is none`,
		`knowledge_base { data = "places.json", get_objects = function() return {tracker} end }`:          `but item 1, the tracker, is none`,
		`knowledge_base { data = "places.json", get_attributes_of_object = function() end }`:              `get_attributes_of_object must return a list of names, but returned nil; write for example return { "name", "city" }`,
		`knowledge_base { data = "places.json", get_attributes_of_object = function() return {a=1} end }`: `but returned a table with names`,
		`knowledge_base { data = "places.json", get_attributes_of_object = function() return {{}} end }`:  `but item 1 is a table`,
		`knowledge_base { data = "places.json", utter_objects = function() error("mine") end }`:           `action_test.lua:2: mine`,
	} {
		script := "return " + file
		if strings.HasPrefix(file, "knowledge_base { data = \"places.json\" }(") {
			script = "return function() " + script + " end"
		}
		if file == "knowledge_base" {
			script = "return knowledge_base()"
		}
		answer, _, err := run(t, f, script, `{"object_type":"hotel"}`, "")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s:\ngot  %v %s\nwant %s", file, err, answer, want)
		}
	}
}

// TestOfOneObject: errors of what answers for one object.
func TestOfOneObject(t *testing.T) {
	t.Parallel()
	for options, want := range map[string]string{
		`get_object = function() return "x" end`:                               `action_test.lua:2: get_object must return an object, but returned a text; write for example return { id = 1, name = "Inn" }, or nil`,
		`get_object = function() return dispatcher end`:                        `get_object must return an object, but returned the dispatcher`,
		`get_object = function() return { { id = 1 } } end`:                    `get_object must return one object, but returned a list; return its first item, such as rows[1]`,
		`get_object = function() return { id = 1, city = 2 } end`:              `an object of type 'hotel' has no 'name'`,
		`get_object = function() return { name = 1, city = 2 } end`:            `an object of type 'hotel' has no 'id'`,
		`get_object = function() error({ code = 1 }) end`:                      `raised the table { code = 1 }`,
		`get_object = function() return coroutine.yield() end`:                 `yield`,
		`utter_attribute_value = function() reject("no") end`:                  `no`,
		`ordinal_mention_mapping = { it = function(list) return list.x.y end}`: `attempt to index`,
	} {
		answer, _, err := run(t, nil, `return knowledge_base { data = "places.json", `+options+` }`,
			`{"object_type":"hotel","attribute":"city","mention":"it","knowledge_base_listed_objects":[1],"knowledge_base_last_object":1,"knowledge_base_last_object_type":"hotel"}`, "attribute")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s:\ngot  %v %s\nwant %s", options, err, answer, want)
		}
	}
}
