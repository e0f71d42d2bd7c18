package stubs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/stubs"
	"github.com/luaction/luaction/luaapi/govalue"
)

// TestFiles holds that each file is Lua, and that its annotations are right and say only types that are declared.
func TestFiles(t *testing.T) {
	t.Parallel()
	values, err := govalue.New(map[string]govalue.Value{"shop": {Doc: "A shop.", Go: func(string, *int, ...float64) (string, bool, error) { return "", false, nil }}})
	if err != nil {
		t.Fatal(err)
	}
	var a annotations
	names := map[string]bool{}
	for _, f := range stubs.Files(values) {
		if names[f.Name] {
			t.Errorf("%s is there twice", f.Name)
		}
		names[f.Name] = true
		if _, _, problem := interp.Compile(f.Name, f.Text); problem != nil {
			t.Error(problem.Error())
		}
		if err := a.read(f.Name, string(f.Text)); err != nil {
			t.Error(err)
		}
	}
	for _, where := range a.unknown() {
		t.Errorf("%s is no type", where)
	}
	if len(a.classes) < 60 {
		t.Errorf("only %d classes", len(a.classes))
	}
	if !strings.Contains(all(values), "function shop(arg1, arg2, ...) end") {
		t.Error("the program's own function is not there")
	}
}

func all(values *govalue.Set) string {
	var b strings.Builder
	for _, f := range stubs.Files(values) {
		b.Write(f.Text)
	}
	return b.String()
}

// TestAnnotationsAreRead holds that the check above finds what is wrong.
func TestAnnotationsAreRead(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"---@clas x", "---@param x", "---@param x strin|", "---@return table<string", "---@class x\n---@class x", "---@field x fun(a): b",
		"---@field [string any", "---@operator plus(number): number", "--- @param x string", "---@return string!", "---@overload fun(a b)",
	} {
		if err := new(annotations).read("x", text); err == nil {
			t.Errorf("%q is taken", text)
		}
	}
	a := new(annotations)
	if err := a.read("x", "---@param x nosuch"); err != nil || len(a.unknown()) != 1 {
		t.Errorf("%v %v", err, a.unknown())
	}
}

// TestDefinitions holds that what is defined is what scripts have: every global and every member of a library, and no other.
func TestDefinitions(t *testing.T) {
	t.Parallel()
	text := all(nil)
	defined := func(name string) bool {
		return regexp.MustCompile(`(?m)^(function )?`+regexp.QuoteMeta(name)+`( = |\()`).MatchString(text) ||
			regexp.MustCompile(`(?m)^---@field `+name[strings.LastIndexByte(name, '.')+1:]+` `).MatchString(text) && strings.Contains(name, ".")
	}
	state := interp.New(interp.Options{})
	globals := []string{}
	state.L.G.Global.ForEach(func(k, _ lua.LValue) {
		if regexp.MustCompile(`^\w+$`).MatchString(k.String()) { // the others are the interpreter's own
			globals = append(globals, k.String())
		}
	})
	for _, m := range engine.Reference(nil) {
		if !m.Object && !m.Only && !m.Library && !strings.Contains(m.Name, ".") {
			globals = append(globals, m.Name)
		}
		for _, member := range m.Members {
			if m.Only || m.Bare {
				globals = append(globals, member.Name)
			}
		}
	}
	members := map[string][]string{}
	for _, library := range []string{"string", "table", "math", "os", "coroutine"} {
		_, table := state.Library(library)
		table.ForEach(func(k, _ lua.LValue) { members[library] = append(members[library], k.String()) })
		for _, name := range members[library] {
			if !defined(library + "." + name) {
				t.Errorf("%s.%s is not defined", library, name)
			}
		}
	}
	if len(globals) < 50 {
		t.Errorf("only %d globals", len(globals))
	}
	for _, name := range globals {
		if !defined(name) {
			t.Errorf("%s is not defined", name)
		}
	}
	tests := []string{"describe", "it", "pending", "before_each", "after_each", "run_action"}
	for _, found := range regexp.MustCompile(`(?m)^(?:function )?([a-zA-Z_]\w*)(?: = |\()`).FindAllStringSubmatch(text, -1) {
		if name := found[1]; !slices.Contains(globals, name) && !slices.Contains(tests, name) {
			t.Errorf("%s is defined, and is not there", name)
		}
	}
	for _, found := range regexp.MustCompile(`(?m)^function (string|math|os|coroutine)\.(\w+)`).FindAllStringSubmatch(text, -1) {
		if !slices.Contains(members[found[1]], found[2]) {
			t.Errorf("%s.%s is defined, and is not there", found[1], found[2])
		}
	}
}

// TestWrite writes a folder anew, again, over older files, and leaves what is not its own.
func TestWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if changed, err := stubs.Refresh(dir, nil); changed || err != nil {
		t.Errorf("a folder without definitions got some: %v", err)
	}
	own := filepath.Join(dir, stubs.Folder, "own.lua")
	if err := os.MkdirAll(filepath.Dir(own), 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, own, "---@meta\nours = 1\n")
	if changed, err := stubs.Refresh(dir, nil); changed || err != nil {
		t.Errorf("a folder with definitions of others only got some: %v", err)
	}
	for _, want := range []bool{true, false} {
		if changed, err := stubs.Write(dir, nil); changed != want || err != nil {
			t.Errorf("written: %v, %v", changed, err)
		}
	}
	kept := filepath.Join(dir, stubs.Folder, "http.lua")
	before := read(t, kept)
	write(t, kept, strings.Replace(before, "status", "stat", 1))
	write(t, filepath.Join(dir, stubs.Folder, "old.lua"), before)
	if changed, err := stubs.Refresh(dir, nil); !changed || err != nil || read(t, kept) != before {
		t.Errorf("an older file stays: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, stubs.Folder, "old.lua")); err == nil {
		t.Error("a file of an older version stays")
	}
	if read(t, own) != "---@meta\nours = 1\n" {
		t.Error("a file of somebody else's was changed")
	}
	// A link that leads out is not written through.
	out := filepath.Join(t.TempDir(), "out.lua")
	write(t, out, "mine")
	if err := os.Remove(kept); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(out, kept); err != nil {
		t.Fatal(err)
	}
	if _, err := stubs.Refresh(dir, nil); err == nil || read(t, out) != "mine" {
		t.Errorf("written through a link: %v", err)
	}
	// None of it is an action, data or a problem.
	write(t, filepath.Join(dir, "action_hello.lua"), "return function() end")
	snapshot := script.NewLoader(script.Options{Dir: dir, Compile: engine.Compile, Read: engine.Read}).Load(t.Context())
	if len(snapshot.Actions) != 1 || len(snapshot.Data)+len(snapshot.Libs)+len(snapshot.Problems) > 0 {
		t.Errorf("the loader sees %v %v %v", snapshot.Actions, snapshot.Data, snapshot.Problems)
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
