package app

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/rasa"
)

// What a configuration file names is what scripts reach, and lasts from one engine to the next.
func TestStores(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	source := `return function()
  local db = sql.open("shop")
  db:exec("CREATE TABLE IF NOT EXISTS seen (at DATETIME)")
  db:exec("INSERT INTO seen VALUES ('2026-07-01 10:00:00')")
  return SlotSet("seen", { db:value("SELECT count(*) FROM seen"), kv.incr("seen"), db:value("SELECT at FROM seen") })
end`
	if err := os.WriteFile(filepath.Join(dir, "action_count.lua"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "luaction.yml")
	text := "timezone: Europe/Berlin\nsql: { shop: { url: 'sqlite:shop.db' } }\nkv: { url: 'file:kv.db' }\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`[1,1,"2026-07-01T10:00:00+02:00"]`, `[2,2,"2026-07-01T10:00:00+02:00"]`} {
		file, err := config.Load(path)
		if err != nil {
			t.Fatal(err)
		}
		stores, err := OpenStores(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := OpenStores(file); err == nil || !strings.Contains(err.Error(), "in use by another server") {
			t.Errorf("the file of kv was opened twice: %v", err)
		}
		loader := script.NewLoader(script.Options{Dir: dir, Compile: engine.Compile, Read: engine.Read})
		loader.Load(t.Context())
		options := engine.Options{Snapshots: loader}
		Configure(&options, file)
		stores.Configure(&options)
		e := engine.New(options)
		call, err := rasa.ParseCall([]byte(`{"next_action":"action_count","tracker":{"sender_id":"me"}}`))
		if err != nil {
			t.Fatal(err)
		}
		answer, failed := e.Run(t.Context(), call, nil)
		if failed != nil {
			t.Error(failed)
		} else if !strings.Contains(string(answer.Body), want) {
			t.Errorf("%s, want %s in it", answer.Body, want)
		}
		e.Close()
		stores.Close()
	}
}
