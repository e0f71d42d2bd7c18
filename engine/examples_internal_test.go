package engine

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/keyvalue"
	"github.com/luaction/luaction/luaapi/env"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/service/httpclient"
)

type fixed struct{ snapshot *script.Snapshot }

func (f fixed) Current() *script.Snapshot { return f.snapshot }

// TestExamples runs the example of every member of the API: what the reference shows has to work.
func TestExamples(t *testing.T) {
	t.Parallel()
	store := keyvalue.NewMemory(1<<20, time.Now)
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"result": []}`) }))
	defer service.Close()
	client, err := httpclient.New(httpclient.Options{Services: map[string]httpclient.Service{"snow": {URL: service.URL}}})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	all := Reference(nil)
	databases, err := database.OpenAll(map[string]database.Config{"shop": {URL: "sqlite::memory:"}})
	if err != nil {
		t.Fatal(err)
	}
	defer databases.Close()
	lib, _, problem := Compile("lib/dates.lua", []byte("return {}"))
	if problem != nil {
		t.Fatal(problem)
	}
	seen := 0
	for _, m := range all {
		for _, member := range m.Members {
			if member.Doc == "" || member.Example == "" {
				t.Errorf("%s.%s has no doc or no example", m.Name, member.Name)
				continue
			}
			seen++
			c, problem := compileExample(m.Name, member.Example)
			if problem != nil {
				t.Errorf("%s.%s: %s\n%s", m.Name, member.Name, member.Example, problem.Error())
				continue
			}
			e := New(Options{HTTP: client, Databases: databases, Store: store, Env: []env.Variable{{Name: "SHOP_NAME"}}, Snapshots: fixed{&script.Snapshot{
				Actions: map[string]*script.Action{"action_x": {Name: "action_x", Path: "action_x.lua", Chunk: c}},
				Libs:    map[string]*script.Lib{"lib.dates": {Name: "lib.dates", Path: "lib/dates.lua", Chunk: lib}},
				Data:    dataFiles(),
			}}})
			call, err := rasa.ParseCall([]byte(`{"next_action":"action_x","tracker":{"sender_id":"me","slots":{"account":"x","city":"Ulm"},"events":[]}}`))
			if err != nil {
				t.Fatal(err)
			}
			if _, failed := e.Run(t.Context(), call, nil); failed != nil && failed.Code != Rejected {
				t.Errorf("%s.%s: %s\n%s", m.Name, member.Name, member.Example, failed.Error())
			}
			e.Close()
		}
	}
	if seen < 130 {
		t.Errorf("only %d examples were run", seen)
	}
}

// compileExample compiles an example inside of what it takes for granted.
func compileExample(module, example string) (*chunk.Chunk, *chunk.Problem) {
	if module == "form" || module == "knowledge" { // whose examples are files
		c, _, problem := Compile("action_x.lua", []byte(example))
		return c, problem
	}
	before, after := "local t = time.now()\n", ""
	switch module {
	case "response":
		before = `local response = http.get("snow:/table/incident")` + "\n"
	case "db", "tx":
		before = `local db = sql.open("shop")
			db:exec("CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, customer TEXT, total REAL)")
			db:exec("DELETE FROM orders")
			db:exec("INSERT INTO orders VALUES (7, 'ann', 20)")` + "\n"
	}
	if module == "tx" {
		before, after = before+"db:transaction(function(tx)\n", "\nend)"
	}
	wrapped := func(example string) []byte {
		return []byte("return function(dispatcher, tracker, domain)\n" + before + example + after + "\nend")
	}
	c, _, problem := Compile("action_x.lua", wrapped(example))
	if problem != nil { // an expression
		c, _, problem = Compile("action_x.lua", wrapped("local result = "+example))
	}
	return c, problem
}
