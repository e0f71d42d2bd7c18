package engine

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/keyvalue"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/dispatcher"
	"github.com/luaction/luaction/luaapi/env"
	"github.com/luaction/luaction/luaapi/tracker"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/service/httpclient"
)

type fixed struct{ snapshot *script.Snapshot }

func (f fixed) Current() *script.Snapshot { return f.snapshot }

// TestExamples runs the example of every member of the API: what the reference shows has to work.
func TestExamples(t *testing.T) {
	t.Parallel()
	store := keyvalue.NewMemory(1<<20, time.Now)
	session := luaapi.NewSession(interp.New(interp.Options{}))
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, `{"result": []}`) }))
	defer service.Close()
	client, err := httpclient.New(httpclient.Options{Services: map[string]httpclient.Service{"snow": {URL: service.URL}}})
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	all := append(modules(session, &Options{HTTP: client, Store: store}), dispatcher.New(session).Module(), tracker.New(session))
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
			source := member.Example
			if m.Name != "form" && m.Name != "knowledge" { // whose examples are files
				source = "return function(dispatcher, tracker, domain)\nlocal t = time.now()\n" + member.Example + "\nend"
			}
			c, _, problem := Compile("action_x.lua", []byte(source))
			if problem != nil { // an expression
				c, _, problem = Compile("action_x.lua", []byte("return function(dispatcher, tracker, domain)\nlocal t = time.now()\nlocal result = "+member.Example+"\nend"))
			}
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
	if seen < 60 {
		t.Errorf("only %d examples were run", seen)
	}
}
