package engine_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/database"
	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/rasa"
)

type scripts struct{ snapshot *script.Snapshot }

func (s scripts) Current() *script.Snapshot { return s.snapshot }

// However a call ends, its connection is free again, what it changed is taken back, and the answer says what happened.
func TestDatabaseConnectionsComeBack(t *testing.T) {
	t.Parallel()
	databases, err := database.OpenAll(map[string]database.Config{"shop": {URL: "sqlite:" + filepath.Join(t.TempDir(), "shop.db"), MaxConnections: 2}})
	if err != nil {
		t.Fatal(err)
	}
	defer databases.Close()
	const endless = `tx:query("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")`
	for _, c := range []struct {
		body string
		want engine.Code
	}{
		{`tx:exec("DELETE FROM t") error("stop")`, engine.ScriptFailed},
		{`tx:exec("DELETE FROM t") reject("no")`, engine.Rejected},
		{`tx:exec("DELETE FROM t") ` + endless, engine.TimedOut},
		{`tx:exec("DELETE FROM t") pcall(function() ` + endless + ` end)`, engine.TimedOut},
		{`tx:exec("DELETE FROM t") while true do end`, engine.TimedOut},
		{`tx:exec("DELETE FROM t") local s = "x" while true do s = s .. s end`, engine.ScriptFailed},
	} {
		source := `return function() local db = sql.open("shop") db:exec("CREATE TABLE IF NOT EXISTS t (a)")
if db:value("SELECT count(*) FROM t") == 0 then db:exec("INSERT INTO t VALUES (1)") end
db:transaction(function(tx) ` + c.body + ` end) end`
		chunk, _, problem := engine.Compile("action_x.lua", []byte(source))
		if problem != nil {
			t.Fatal(problem.Error())
		}
		actions := map[string]*script.Action{"action_x": {Name: "action_x", Path: "action_x.lua", Chunk: chunk}}
		e := engine.New(engine.Options{Databases: databases, Snapshots: scripts{&script.Snapshot{Actions: actions}}, Timeout: 300 * time.Millisecond})
		for range 3 { // more often than there are connections
			call, err := rasa.ParseCall([]byte(`{"next_action":"action_x","tracker":{"sender_id":"me"}}`))
			if err != nil {
				t.Fatal(err)
			}
			_, failed := e.Run(t.Context(), call, nil)
			if failed == nil || failed.Code != c.want && !(c.want == engine.ScriptFailed && strings.Contains(failed.Detail+failed.Message, "longer")) {
				t.Errorf("%s: %v, want %v", c.body, failed, c.want)
			}
		}
		db := databases.Get("shop")
		for begin := time.Now(); db.InUse() > 0; time.Sleep(time.Millisecond) {
			if time.Since(begin) > time.Minute {
				t.Fatalf("%s: %d connections are still in use", c.body, db.InUse())
			}
		}
		rows, err := db.Query(t.Context(), nil, database.Request{Text: "SELECT count(*) FROM t"})
		if err != nil || rows.Cells[0] != int64(1) {
			t.Errorf("%s: %v %v", c.body, rows, err)
		}
		e.Close()
	}
}
