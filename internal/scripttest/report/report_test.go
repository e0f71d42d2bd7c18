package report_test

import (
	"encoding/json"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/internal/scripttest"
	"github.com/luaction/luaction/internal/scripttest/report"
)

var update = flag.Bool("update", false, "write the golden files")

// files are outcomes of every kind, with characters that the forms have to escape.
func files() []*scripttest.File {
	return []*scripttest.File{
		{Path: "a_test.lua", Duration: 1500 * time.Millisecond, Tests: []scripttest.Test{
			{File: "a_test.lua", Names: []string{"group", "passes"}, Line: 3, Status: scripttest.Passed, Duration: 12 * time.Millisecond,
				Log: []scripttest.Line{{Level: "info", Message: "said", Fields: []scripttest.Field{{Name: "n", Value: 5}}}}},
			{File: "a_test.lua", Names: []string{"group", `fails with <&> "quotes" # and ` + "\x01\x1b[31m"}, Line: 5, Status: scripttest.Failed,
				Failure: &scripttest.Failure{
					Message: `events[1].value: expected "Ulm", got "K\\n" (and 1 more)`, Note: "the city",
					Places:   []scripttest.Place{{Script: "lib/help.lua", Line: 2, Source: "assert.same(a, b)"}, {Script: "a_test.lua", Line: 6, Source: "check()"}},
					Compared: true, Expected: `{ { value = "Ulm" } }`, Actual: "{ { value = \"K\\n\" } }",
					Diff: []string{`events[1].value: expected "Ulm", got "K\n"`, "events[2]: expected nothing, got {}"},
					More: []string{"action_x.lua: events[2] is left out"},
				},
				Log: []scripttest.Line{{Level: "warn", Message: "two\nlines", Action: "action_x"}}},
			{File: "a_test.lua", Names: []string{"pends"}, Line: 9, Status: scripttest.Pending, Reason: "no time"},
		}},
		{Path: "b_test.lua", Tests: []scripttest.Test{
			{File: "b_test.lua", Names: []string{"loops"}, Line: 1, Status: scripttest.Failed, Duration: 10 * time.Second,
				Failure: &scripttest.Failure{Message: "the test took longer than 10s, the most it may take"}},
			{File: "b_test.lua", Names: []string{"is after"}, Line: 2, Status: scripttest.NotRun, Reason: "“loops” had to be stopped"},
		}},
		{Path: "c_test.lua", Failure: &scripttest.Failure{Message: "`!=` is not Lua; write `~=`",
			Places: []scripttest.Place{{Script: "c_test.lua", Line: 2, Source: "if a != b then"}}}},
		{Path: "d_test.lua"},
	}
}

func write(t *testing.T, format string, o report.Options) string {
	t.Helper()
	var out strings.Builder
	r, err := report.New(format, &out, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files() {
		r.File(f)
	}
	err = r.End(&scripttest.Summary{Files: 4, Broken: 1, Passed: 1, Failed: 2, Pending: 1, NotRun: 1, Duration: 11500 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestGolden holds each form against testdata.
func TestGolden(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		format string
		o      report.Options
	}{
		"text": {"text", report.Options{}}, "verbose": {"text", report.Options{Verbose: true}}, "colour": {"text", report.Options{Colour: true}},
		"json": {"json", report.Options{}}, "junit": {"junit", report.Options{}}, "tap": {"tap", report.Options{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, path := write(t, c.format, c.o), filepath.Join("testdata", name+".golden")
			if *update {
				if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
					t.Fatal(err)
				}
				return
			}
			want, err := os.ReadFile(path)
			if err != nil || got != string(want) {
				t.Errorf("%v\ngot\n%s\nwant\n%s", err, got, want)
			}
		})
	}
}

// What programs read is what they can read.
func TestWellFormed(t *testing.T) {
	t.Parallel()
	var document struct {
		Failed int
		Files  []struct {
			Tests []struct{ Name, Status string }
		}
	}
	if err := json.Unmarshal([]byte(write(t, "json", report.Options{})), &document); err != nil {
		t.Error(err)
	}
	if document.Failed != 2 || document.Files[0].Tests[0].Name != "group passes" || document.Files[0].Tests[2].Status != "pending" {
		t.Errorf("%+v", document)
	}
	decoder := xml.NewDecoder(strings.NewReader(write(t, "junit", report.Options{})))
	cases := 0
	for {
		token, err := decoder.Token()
		if err == io.EOF { //nolint:errorlint // the decoder gives it as it is
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "testcase" {
			cases++
		}
	}
	if cases != 6 { // the file that can't run is one
		t.Errorf("%d cases", cases)
	}
	for line := range strings.Lines(write(t, "tap", report.Options{})) {
		if name, directive, found := strings.Cut(line, " # "); found && !strings.HasPrefix(directive, "SKIP") {
			t.Errorf("%q has the directive %q", name, directive)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	t.Parallel()
	if _, err := report.New("yaml", io.Discard, report.Options{}); err == nil || !strings.Contains(err.Error(), "junit") {
		t.Errorf("%v", err)
	}
}
