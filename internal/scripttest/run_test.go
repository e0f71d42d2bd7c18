package scripttest_test

import (
	"context"
	"flag"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"golang.org/x/tools/txtar"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/scripttest"
	"github.com/luaction/luaction/internal/scripttest/report"
	"github.com/luaction/luaction/service/httpclient"
)

var update = flag.Bool("update", false, "write what comes out into the archives")

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// load writes the scripts into a folder and loads it.
func load(t testing.TB, files map[string]string) *script.Snapshot {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	loader := script.NewLoader(script.Options{Dir: dir, Compile: engine.Compile, Read: engine.Read, Tests: true,
		Logger: slog.New(slog.DiscardHandler)})
	return loader.Load(t.Context())
}

// still is a clock on which nothing takes any time.
func still() time.Time { return time.Unix(0, 0) }

// run runs the tests and gives the report.
func run(t testing.TB, o scripttest.Options, format string) (string, *scripttest.Summary) {
	t.Helper()
	var out strings.Builder
	reporter, err := report.New(format, &out, report.Options{Verbose: true})
	if err != nil {
		t.Fatal(err)
	}
	o.Now = still
	summary, err := scripttest.Run(t.Context(), o, reporter)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), summary
}

// TestArchives runs every testdata/*.txtar: scripts with their tests, and the report that comes of them in "want". The comment on
// top may have lines "run: PATTERN" and "timeout: 200ms".
func TestArchives(t *testing.T) {
	t.Parallel()
	archives, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(archives) == 0 {
		t.Fatalf("no archives: %v", err)
	}
	for _, path := range archives {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			runArchive(t, path)
		})
	}
}

func runArchive(t *testing.T, path string) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files, want := map[string]string{}, -1
	for i, f := range archive.Files {
		if f.Name == "want" {
			want = i
			continue
		}
		files[f.Name] = string(f.Data)
	}
	o := scripttest.Options{Snapshot: load(t, files), Timeout: 10 * time.Second}
	for line := range strings.Lines(string(archive.Comment)) {
		switch key, value, _ := strings.Cut(strings.TrimSpace(line), ": "); key {
		case "run":
			o.Run = regexp.MustCompile(value)
		case "timeout":
			if o.Timeout, err = time.ParseDuration(value); err != nil {
				t.Fatal(err)
			}
		}
	}
	got, _ := run(t, o, "text")
	if *update {
		if want < 0 {
			archive.Files = append(archive.Files, txtar.File{Name: "want"})
			want = len(archive.Files) - 1
		}
		archive.Files[want].Data = []byte(got)
		if err := os.WriteFile(path, txtar.Format(archive), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if want < 0 || got != string(archive.Files[want].Data) {
		t.Errorf("got\n%s\nwant\n%s", got, archive.Files[max(want, 0)].Data)
	}
}

// Many files at once don't mix: each has its own globals, kv and numbers, and the report is in the order of their names.
func TestFilesAtOnce(t *testing.T) {
	t.Parallel()
	files := map[string]string{"action_x.lua": `return function(d) kv.incr("n") d:utter_message(tostring(kv.get("n"))) end`}
	for _, name := range strings.Split("abcdefghijklmnop", "") {
		files[name+"_test.lua"] = `
for i = 1, 5 do
  it("` + name + `" .. i, function()
    assert.equal("1", run_action("action_x").responses[1].text)
    assert.equal(1, kv.get("n"))
    kv.set("n", nil)
  end)
end`
	}
	o := scripttest.Options{Snapshot: load(t, files), Parallel: 8}
	out, summary := run(t, o, "text")
	if summary.Passed != 80 || summary.Bad() {
		t.Fatalf("%+v\n%s", summary, out)
	}
	var order []string
	for _, m := range regexp.MustCompile(`(?m)^ok +(\w)_test`).FindAllStringSubmatch(out, -1) {
		order = append(order, m[1])
	}
	if got := strings.Join(order, ""); got != "abcdefghijklmnop" {
		t.Errorf("the order is %s", got)
	}
}

// Whoever ends the run has it end at once, in the middle of an action.
func TestEndedRun(t *testing.T) {
	t.Parallel()
	snapshot := load(t, map[string]string{
		"action_x.lua": `return function() while true do end end`,
		"x_test.lua":   `it("waits", function() run_action("action_x") end) it("is next", function() end)`,
	})
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	reporter, _ := report.New("text", &strings.Builder{}, report.Options{})
	began := time.Now()
	_, err := scripttest.Run(ctx, scripttest.Options{Snapshot: snapshot, Timeout: time.Minute}, reporter)
	if err == nil {
		t.Error("an ended run is no error")
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
}

// What the configuration keeps secret shows in no report, though a stub's requests have it.
func TestSecrets(t *testing.T) {
	t.Parallel()
	o := scripttest.Options{
		Snapshot: load(t, map[string]string{
			"action_x.lua": `return function() http.get("shop:/x") end`,
			"x_test.lua": `
it("shows a header", function()
  local stub = http.stub("GET", "shop:/x", {})
  run_action("action_x")
  assert.same({ authorization = "none", accept = "none" }, stub.requests[1].headers, "Bearer open-" .. "sesame")
end)
it("raises it", function() error("open-" .. "sesame") end)`,
		}),
		Engine: engine.Options{Mask: mask.New("open-sesame")},
		HTTP:   httpclient.Options{Services: map[string]httpclient.Service{"shop": {URL: "https://shop.example.org", Bearer: "open-sesame"}}},
	}
	for _, format := range []string{"text", "json", "junit", "tap"} {
		out, summary := run(t, o, format)
		if summary.Failed != 2 || strings.Contains(out, "open-sesame") || !strings.Contains(out, "Bearer ***") {
			t.Errorf("%s: %s", format, out)
		}
	}
}

// Coverage tells the lines that ran, of actions and shared modules, whichever file's tests ran them.
func TestCoverage(t *testing.T) {
	t.Parallel()
	snapshot := load(t, map[string]string{
		"lib/sums.lua": "local M = {}\nfunction M.add(a, b)\n  return a + b\nend\nfunction M.never()\n  local x = 1\n  return x\nend\nreturn M\n",
		"action_x.lua": "local sums = require \"lib.sums\"\n\n-- a remark\nreturn function(d)\n  local n = sums.add(1, 2)\n  if n > 5 then\n" +
			"    d:utter_message(\"many\")\n    return {}\n  end\n  for i = 1, 3 do\n    n = n + i\n  end\n  d:utter_message {\n    text = \"few\",\n  }\nend\n",
		"action_y.lua": "return function()\nend\n",
		"x_test.lua":   `it("runs", function() run_action("action_x") end)`,
	})
	c := scripttest.NewCoverage(snapshot)
	run(t, scripttest.Options{Snapshot: snapshot, Coverage: c}, "text")
	var text, lcov strings.Builder
	if err := report.Coverage(&text, c); err != nil {
		t.Fatal(err)
	}
	want := `
Lines that ran:
  action_x.lua   80 %  8 of 10  not run: 7-8
  action_y.lua    0 %  0 of 1  not run: 1
  lib/sums.lua   71 %  5 of 7  not run: 6-7
  all scripts    72 %  13 of 18
`
	if text.String() != want {
		t.Errorf("got%swant%s", text.String(), want)
	}
	if err := report.LCOV(&lcov, c, "my/scripts"); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"SF:my/scripts/action_x.lua\n", "DA:11,3\n", "DA:7,0\n", "LF:7\nLH:5\nend_of_record\n"} {
		if !strings.Contains(lcov.String(), part) {
			t.Errorf("no %q in\n%s", part, lcov.String())
		}
	}
}
