package suite_test

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
)

// Programs stand between head and foot, with the same line numbers everywhere. told shortens what pcall gives for a failure
// to what both must say alike: its place, and its words if they are the program's own.
const (
	head = `local out, shown, told, succeeded
local function program()
`
	foot = `
end
local buffer = {}
function shown(v)
  if type(v) == "table" then return "table" .. tostring(rawget(v, "v")) end
  return tostring(v)
end
function out(...)
  local parts = {}
  for i = 1, select("#", ...) do
    local v = select(i, ...)
    if type(v) == "table" then
      local items = {}
      for n = 1, #v do items[n] = shown(v[n]) end
      parts[i] = "{" .. table.concat(items, " ") .. "}"
    else
      parts[i] = type(v) == "function" and "function" or tostring(v)
    end
  end
  if #buffer < 5000 then buffer[#buffer + 1] = table.concat(parts, "\t") .. "\n" end
end
function told(ok, message, ...)
  if ok or type(message) ~= "string" then return ok, message, ... end
  local place = string.match(message, "^case%.lua:%d+:")
  local words = string.match(message, "^case%.lua:%d+: (claim)$") or string.match(message, "^case%.lua:%d+: (in coroutine)$")
  return ok, place, words
end
function succeeded(ok, ...)
  if ok then return ok, ... end
  return ok
end
`
	ours      = "program() return table.concat(buffer)\n"
	reference = "program() io.write(table.concat(buffer))\n"
)

// TestDifferential runs random programs here and on the reference interpreter, lua5.1 or what LUACTION_LUA51 names, and
// compares what they print. Without one it runs each twice. LUACTION_ROUNDS says how many programs.
func TestDifferential(t *testing.T) {
	t.Parallel()
	rounds := 150
	if n, err := strconv.Atoi(os.Getenv("LUACTION_ROUNDS")); err == nil {
		rounds = n
	}
	first := uint64(1)
	if n, err := strconv.ParseUint(os.Getenv("LUACTION_SEED"), 10, 64); err == nil {
		first = n
	}
	command := referenceCommand(t)
	s := interp.New(interp.Options{})
	defer s.Close()
	failures, told := 0, 0
	for seed := first; seed < first+uint64(rounds) && failures < 5; seed++ {
		program := generate(seed)
		got := here(t, s, program)
		if strings.HasPrefix(got, "stopped: ") {
			t.Errorf("seed %d: %s", seed, got)
			failures++
			continue
		}
		want := ""
		if command == "" {
			want = here(t, s, program)
		} else {
			want = there(t, command, program)
		}
		told += len(want)
		if got != want {
			failures++
			t.Errorf("seed %d: %s\n%s", seed, difference(got, want), numbered(head+inDialect(program, true)))
		}
	}
	if told < 20*rounds {
		t.Errorf("%d programs printed only %d bytes", rounds, told)
	}
}

func referenceCommand(t *testing.T) string {
	t.Helper()
	command := os.Getenv("LUACTION_LUA51")
	if command == "" {
		command = "lua5.1"
	}
	path, err := exec.LookPath(command)
	if err != nil {
		t.Logf("no reference interpreter (%s): programs are only run twice here", command)
		return ""
	}
	return path
}

// here runs a program on our Lua. A failure is told as the reference's is.
func here(t *testing.T, s *interp.State, program string) string {
	t.Helper()
	c, _, problem := interp.Compile("case.lua", []byte(head+inDialect(program, true)+foot+ours))
	if problem != nil {
		return fmt.Sprintf("doesn't compile: %+v", *problem)
	}
	s.Begin(t.Context(), time.Now().Add(longest), maxBytes)
	defer s.End()
	stop := time.AfterFunc(longest, func() { s.Meter().Stop(context.DeadlineExceeded) })
	defer stop.Stop()
	value, err := s.Call(s.Load(c))
	if stopped := s.Meter().Stopped(); stopped != nil {
		return "stopped: " + stopped.Error()
	}
	if err != nil {
		return "failed"
	}
	text, _ := value.(lua.LString)
	return normal(string(text))
}

// there runs it on the reference interpreter.
func there(t *testing.T, command, program string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "case.lua"), []byte(head+inDialect(program, false)+foot+reference), 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), longest)
	defer cancel()
	cmd := exec.CommandContext(ctx, command, "case.lua")
	cmd.Dir = dir
	var problem strings.Builder
	cmd.Stderr = &problem
	text, err := cmd.Output()
	if err != nil {
		if strings.Contains(problem.String(), "case.lua") {
			return "failed"
		}
		t.Fatalf("%v: %s\n%s", err, problem.String(), numbered(head+program))
	}
	return normal(string(text))
}

// normal takes away what is an accident of the machine: the sign of what is no number, and of zero.
func normal(text string) string { return strings.ReplaceAll(text, "-nan", "nan") }

func difference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return fmt.Sprintf("line %d of the output is\n%q, the reference prints\n%q", i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines of output, the reference prints %d: %.200q %.200q", len(a), len(b), got, want)
}

func numbered(program string) string {
	var b strings.Builder
	for i, line := range strings.Split(program, "\n") {
		fmt.Fprintf(&b, "%4d %s\n", i+1, line)
	}
	return b.String()
}
