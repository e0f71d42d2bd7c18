package knowledge_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	apijson "github.com/luaction/luaction/luaapi/json"
	"github.com/luaction/luaction/luaapi/knowledge"
)

// files are the data files of a test by path. Those named .json are read when a call begins, as the engine does.
type files map[string]string

func (f files) Lib(string) (*chunk.Chunk, bool) { return nil, false }

func (f files) LibNames() []string { return nil }

func (f files) Data(path string) (luaapi.DataFile, bool) {
	text, ok := f[path]
	file := luaapi.DataFile{Path: path, Text: []byte(text)}
	if ok && strings.HasSuffix(path, ".json") {
		doc, line, _, problem := luaapi.ParseData(file.Text)
		if problem != "" {
			return luaapi.DataFile{Path: path, Fault: path + ":" + strconv.Itoa(line) + ": " + problem}, true
		}
		file.Doc = doc
	}
	return file, ok
}

func (f files) DataNames() []string {
	var names []string
	for name := range f {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// beside installs the files as those of each call.
func (f files) beside(s *luaapi.Session) luaapi.Module {
	return luaapi.Module{Name: "files", Only: true, Begin: func() { s.Library = f }}
}

const places = `{
 "hotel": [
  {"id": 1, "name": "Inn", "city": "Ulm", "stars": 4.0, "pool": false, "tags": ["old", "it's"], "note": null},
  {"id": 2, "name": "Spa", "city": "Linz", "stars": 4.5, "pool": true}
 ],
 "museum": [],
 "ship": null
}`

// run runs a file that returns an action, with the slots and the entities of the message.
func run(t *testing.T, f files, file, slots, entities string) (answer string, log []string, err error) {
	t.Helper()
	if f == nil {
		f = files{"places.json": places}
	}
	var list []string
	for _, entity := range strings.Fields(entities) {
		list = append(list, `{"entity":"`+entity+`","value":"x"}`)
	}
	return apitest.Run(t, apitest.Case{
		Request: `{"next_action":"action_query_knowledge_base","tracker":{"sender_id":"s","events":[],"slots":` + slots +
			`,"latest_message":{"text":"x","entities":[` + strings.Join(list, ",") + `]}}}`,
		Script:  "local action = (function() " + file + "\nend)() return action(dispatcher, tracker)",
		Modules: []func(*luaapi.Session) luaapi.Module{f.beside, knowledge.New, apijson.New},
	})
}

// short writes an answer: "text / response: slot=value slot=value".
func short(t *testing.T, answer string) string {
	t.Helper()
	var a struct {
		Events []struct {
			Name  string
			Value json.RawMessage
		}
		Responses []struct{ Text, Response string }
	}
	if err := json.Unmarshal([]byte(answer), &a); err != nil {
		t.Fatalf("%s: %v", answer, err)
	}
	var said, set []string
	for _, r := range a.Responses {
		said = append(said, r.Text+r.Response)
	}
	for _, e := range a.Events {
		set = append(set, strings.ReplaceAll(e.Name, "knowledge_base_", "")+"="+string(e.Value))
	}
	return strings.Join(said, " / ") + ": " + strings.Join(set, " ")
}

const (
	fromFile = `return knowledge_base { data = "places.json" }`
	again    = `utter_ask_rephrase: mention=null`
	resets   = `: object_type=null mention=null attribute=null `
	told     = `: object_type=null attribute=null mention=null `
)

func TestPaths(t *testing.T) {
	t.Parallel()
	const table = `return knowledge_base { data = { hotel = {
		{ id = 1, name = "Inn", city = "Ulm", pool = false, tags = { "old", "it's" }, note = json.null }, { id = 2, name = "Spa", city = "Linz", pool = true } },
		museum = {} } }`
	const decoded = `return knowledge_base { data = json.decode([==[` + places + `]==]) }`
	for _, c := range []struct{ name, slots, entities, want string }{
		{"listing one", `{"object_type":"hotel","city":"Ulm"}`, ``,
			`Found the following objects of type 'hotel': / 1: Inn` + resets + `last_object=1 last_object_type="hotel" listed_objects=[1] city=null`},
		{"filtered by two", `{"object_type":"hotel","city":"Linz","pool":true}`, ``,
			`Found the following objects of type 'hotel': / 1: Spa` + resets + `last_object=2 last_object_type="hotel" listed_objects=[2] city=null pool=null`},
		{"filtered by a list", `{"object_type":"hotel","tags":["old","it's"]}`, ``,
			`Found the following objects of type 'hotel': / 1: Inn` + resets + `last_object=1 last_object_type="hotel" listed_objects=[1] tags=null`},
		{"none fits", `{"object_type":"hotel","city":"Bern"}`, ``, `I could not find any objects of type 'hotel'.: city=null`},
		{"an empty type", `{"object_type":"museum"}`, ``, `I could not find any objects of type 'museum'.: `},
		{"no such type", `{"object_type":"zoo"}`, ``, `I could not find any objects of type 'zoo'.: `},
		{"a type that is null", `{"object_type":"ship"}`, ``, `I could not find any objects of type 'ship'.: `},
		{"a type that is a number", `{"object_type":5}`, ``, `I could not find any objects of type '5'.: `},
		{"an attribute by name", `{"object_type":"hotel","attribute":"city","hotel":"inn"}`, `attribute`,
			`'Inn' has the value 'Ulm' for attribute 'city'.` + told + `last_object=1 last_object_type="hotel"`},
		{"by a part of the name", `{"object_type":"hotel","attribute":"city","hotel":"PA"}`, `attribute`,
			`'Spa' has the value 'Linz' for attribute 'city'.` + told + `last_object=2 last_object_type="hotel"`},
		{"by key", `{"object_type":"hotel","attribute":"city","hotel":"2"}`, `attribute`,
			`'Spa' has the value 'Linz' for attribute 'city'.` + told + `last_object=2 last_object_type="hotel"`},
		{"too many fit", `{"object_type":"hotel","attribute":"city","hotel":""}`, `attribute`, again},
		{"two fit", `{"object_type":"hotel","attribute":"city","knowledge_base_last_object":""}`, `attribute`, again},
		{"no such object", `{"object_type":"hotel","attribute":"city","hotel":"zoo"}`, `attribute`, again},
		{"no such attribute", `{"object_type":"hotel","attribute":"size","hotel":"inn"}`, `attribute`, again},
		{"an attribute that is no text", `{"object_type":"hotel","attribute":7,"hotel":"inn"}`, `attribute`, again},
		{"no valid value", `{"object_type":"hotel","attribute":"pool","hotel":"inn"}`, `attribute`,
			`Did not find a valid value for attribute 'pool' for object 'Inn'.` + told + `last_object=1 last_object_type="hotel"`},
		{"true", `{"object_type":"hotel","attribute":"pool","hotel":"spa"}`, `attribute`,
			`'Spa' has the value 'True' for attribute 'pool'.` + told + `last_object=2 last_object_type="hotel"`},
		{"a list", `{"object_type":"hotel","attribute":"tags","hotel":"inn"}`, `attribute`,
			`'Inn' has the value '['old', "it's"]' for attribute 'tags'.` + told + `last_object=1 last_object_type="hotel"`},
		{"the second", `{"object_type":"hotel","attribute":"city","mention":"2","knowledge_base_listed_objects":[2,1]}`, `attribute`,
			`'Inn' has the value 'Ulm' for attribute 'city'.` + told + `last_object=1 last_object_type="hotel"`},
		{"the last", `{"object_type":"hotel","attribute":"city","mention":"LAST","knowledge_base_listed_objects":[1,2]}`, `attribute`,
			`'Spa' has the value 'Linz' for attribute 'city'.` + told + `last_object=2 last_object_type="hotel"`},
		{"any", `{"object_type":"hotel","attribute":"city","mention":"ANY","knowledge_base_listed_objects":[2]}`, `attribute`,
			`'Spa' has the value 'Linz' for attribute 'city'.` + told + `last_object=2 last_object_type="hotel"`},
		{"past the end", `{"object_type":"hotel","attribute":"city","mention":"3","knowledge_base_listed_objects":[2,1]}`, `attribute`, again},
		{"no ordinal", `{"object_type":"hotel","attribute":"city","mention":"01","knowledge_base_listed_objects":[2,1]}`, `attribute`, again},
		{"it", `{"attribute":"city","mention":"it","knowledge_base_last_object":2,"knowledge_base_last_object_type":"hotel"}`, `attribute`,
			`'Spa' has the value 'Linz' for attribute 'city'.` + told + `last_object=2 last_object_type="hotel"`},
		{"an ordinal without a list", `{"attribute":"city","mention":"1","knowledge_base_last_object":2,"knowledge_base_last_object_type":"hotel"}`, `attribute`,
			`'Spa' has the value 'Linz' for attribute 'city'.` + told + `last_object=2 last_object_type="hotel"`},
		{"the last object", `{"object_type":"hotel","attribute":"city","knowledge_base_last_object":2}`, `attribute`,
			`'Spa' has the value 'Linz' for attribute 'city'.` + told + `last_object=2 last_object_type="hotel"`},
		{"the type from an entity", `{"attribute":"city","hotel":"Spa"}`, `attribute hotel`,
			`'Spa' has the value 'Linz' for attribute 'city'.` + told + `last_object=2 last_object_type="hotel"`},
		{"the first such entity, and no attribute", `{"city":"Ulm"}`, `zoo museum hotel`, `I could not find any objects of type 'museum'.: `},
		{"nothing known", `{}`, ``, `utter_ask_rephrase: `},
		{"an attribute of nothing", `{"attribute":"city"}`, `attribute`, `utter_ask_rephrase: `},
	} {
		for kind, file := range map[string]string{"file": fromFile, "table": table, "decoded": decoded} {
			if kind == "table" && strings.Contains(c.name, "null") {
				continue
			}
			answer, _, err := run(t, nil, file, c.slots, c.entities)
			if err != nil {
				t.Errorf("%s from %s: %v", c.name, kind, err)
				continue
			}
			if got := short(t, answer); got != c.want {
				t.Errorf("%s from %s:\ngot  %s\nwant %s", c.name, kind, got, c.want)
			}
		}
	}
}

// TestNumbersOfFiles: a file's numbers are said as they are written there, and found again.
func TestNumbersOfFiles(t *testing.T) {
	t.Parallel()
	f := files{"n.json": `{"n":[{"id":1.0,"name":12345678901234567890,"a":4.0,"b":1e16,"c":1.5e-7,"d":-0.0,"e":[2.0,{"x":null}]}]}`}
	for attribute, want := range map[string]string{
		"a": `has the value '4.0' `, "b": `has the value '1e+16' `, "c": `has the value '1.5e-07' `, "d": "Did not find a valid value",
		"e": `has the value '[2.0, {'x': None}]' `, "name": `'12345678901234567890' has the value '12345678901234567890' `,
	} {
		answer, _, err := run(t, f, `return knowledge_base { data = "n.json" }`, `{"object_type":"n","attribute":"`+attribute+`","n":1}`, "attribute")
		if err != nil || !strings.Contains(short(t, answer), want) {
			t.Errorf("%s: %s %v", attribute, answer, err)
		}
	}
}

func TestAtMostFive(t *testing.T) {
	t.Parallel()
	const file = `
		local list = {}
		for i = 1, 50 do list[i] = { id = i, name = "h" .. i } end
		math.randomseed(%)
		return knowledge_base { data = { h = list }, utter_objects = function(dispatcher, type, objects)
			local ids = {}
			for i, object in ipairs(objects) do ids[i] = object.id end
			dispatcher:utter_message(type .. " " .. table.concat(ids, " "))
		end }`
	seen := map[string]bool{}
	for _, seed := range []string{"1", "2", "3", "3"} {
		answer, _, err := run(t, nil, strings.ReplaceAll(file, "%", seed), `{"object_type":"h"}`, "")
		if err != nil {
			t.Fatal(err)
		}
		said := short(t, answer)
		ids := strings.Fields(strings.SplitN(said, ":", 2)[0])[1:]
		slices.Sort(ids)
		if len(ids) != 5 || len(slices.Compact(ids)) != 5 || !strings.Contains(said, "last_object=null") {
			t.Errorf("%s", said)
		}
		seen[said] = true
	}
	if len(seen) < 2 || len(seen) > 3 {
		t.Errorf("%d different answers for three seeds", len(seen))
	}
}
