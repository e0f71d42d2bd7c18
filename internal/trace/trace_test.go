package trace_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/screen"
	"github.com/luaction/luaction/internal/trace"
	"github.com/luaction/luaction/rasa"
)

// run traces a script; each look at the clock is a millisecond later.
func run(t *testing.T, source string, o trace.Options) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "action_x.lua"), []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	at := time.Unix(0, 0)
	lines := trace.New(func() time.Time { at = at.Add(time.Millisecond); return at })
	loader := script.NewLoader(script.Options{Dir: dir, Compile: engine.Compile, Read: engine.Read})
	loader.Load(t.Context())
	e := engine.New(engine.Options{Snapshots: loader, OnStep: lines.Step})
	defer e.Close()
	call, err := rasa.ParseCall([]byte(`{"next_action":"action_x","tracker":{"sender_id":"s"}}`))
	if err != nil {
		t.Fatal(err)
	}
	_, failure := e.Run(context.Background(), call, nil)
	lines.End()
	if o.Failed = failure != nil; o.Failed {
		o.Script, o.Line = failure.Script, failure.Line
	}
	text := strings.Split(source, "\n")
	o.Source = func(_ string, line int) string { return text[line-1] }
	var out strings.Builder
	if err := lines.Write(&out, o); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

const loop = `local function twice(n)
	local result = n * 2
	return result
end
return function(dispatcher)
	local sum = 0
	for i = 1, 50 do
		if i > 40 then
			sum = sum + twice(i)
		end
	end
	dispatcher:utter_message("sum " .. sum)
end`

func TestLoop(t *testing.T) {
	t.Parallel()
	got := run(t, loop, trace.Options{})
	rows, summary, found := strings.Cut(got, "\nSlowest lines\n")
	if !found || strings.Count(summary, "\n") != 5 || !strings.Contains(summary, "%") {
		t.Error(got)
	}
	for _, want := range []string{
		`^Trace: \d+ lines in [\d.]+ ms`,
		`(?m)^ +[\d.]+ ms +action_x.lua:6  +local sum = 0$`,
		`(?m) ms +×50  action_x.lua:8  +        if i > 40 then$`,
		`(?m) ms +×10  action_x.lua:9  +            sum = sum \+ twice\(i\)$`,
		`(?m) ms +×10  action_x.lua:2  +local result = n \* 2$`,
		`(?m) ms +×10  action_x.lua:3  +return result$`,
	} {
		if !regexp.MustCompile(want).MatchString(rows) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, "stopped") {
		t.Error(got)
	}
}

func TestFailure(t *testing.T) {
	t.Parallel()
	got := run(t, "local function f(x)\n  return x.y\nend\nreturn function()\n  local a = 1\n  f(nil)\n  local b = 2\nend", trace.Options{})
	if !regexp.MustCompile(`(?m)action_x.lua:2 .*← stopped here$`).MatchString(got) || strings.Count(got, "stopped") != 1 || strings.Contains(got, ":7 ") {
		t.Error(got)
	}
}

func TestCoroutinesLieBelowWhoResumedThem(t *testing.T) {
	t.Parallel()
	got := run(t, "return function()\n  local co = coroutine.wrap(function()\n    local a = 1\n    coroutine.yield(a)\n  end)\n  co()\n  local b = 2\nend", trace.Options{})
	if strings.Count(got, "action_x.lua:7 ") < 1 || !regexp.MustCompile(`(?s)lua:6 .*lua:3 .*lua:4 .*lua:7 .*Slowest`).MatchString(got) {
		t.Error(got)
	}
}

func TestWidth(t *testing.T) {
	t.Parallel()
	got := run(t, "return function()\n\tlocal text = '"+strings.Repeat("ä", 300)+"'\n\tlocal b = text .. 1\n\tlocal c = nil + 1\nend", trace.Options{Screen: screen.Screen{Width: 70}})
	for line := range strings.Lines(got) {
		if n := screen.Columns(strings.TrimRight(line, "\n")); n > 70 {
			t.Errorf("%d columns: %s", n, line)
		}
	}
	if !strings.Contains(got, "…") {
		t.Error(got)
	}
}

func TestRows(t *testing.T) {
	t.Parallel()
	var source strings.Builder
	for i := range 100 {
		fmt.Fprintf(&source, "local v%d = %d\n", i, i)
	}
	source.WriteString("return function() error('x') end")
	got := run(t, source.String(), trace.Options{Rows: 10})
	if !strings.Contains(got, "… and 91 rows more that are not shown\n") || !strings.Contains(got, ":101") || strings.Count(got, "\n") > 30 {
		t.Error(got)
	}
}

// A million different ways must not fill the memory, nor a script that is left behind go on being traced.
func TestBounds(t *testing.T) {
	t.Parallel()
	lines := trace.New(nil)
	for i := range 60000 {
		lines.Step(interp.Step{Script: "a.lua", Line: i % 300, Depth: 1 + i%200})
	}
	lines.End()
	lines.Step(interp.Step{Script: "late.lua", Line: 1, Depth: 1})
	var out strings.Builder
	if err := lines.Write(&out, trace.Options{Source: func(string, int) string { return "x" }}); err != nil || strings.Contains(out.String(), "late") {
		t.Errorf("%v %.300s", err, out.String())
	}
	empty := trace.New(nil)
	empty.End()
	if err := empty.Write(&out, trace.Options{Failed: true}); err != nil {
		t.Error(err)
	}
}
