package interp

import (
	"os"
	"path/filepath"
	"testing"

	lua "github.com/yuin/gopher-lua"
)

// TestNamesAnywhere asks for the name of every register at every instruction of many programs: no code may be misread, and
// each name must be one that the function declares.
func TestNamesAnywhere(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../testdata/lua51/*.lua")
	if err != nil || len(files) == 0 {
		t.Fatal("no programs", err)
	}
	s := New(Options{})
	defer s.Close()
	named := 0
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		c, _, problem := Compile("case.lua", append([]byte("local out = ...\n"), source...))
		if problem != nil {
			t.Fatal(file, problem)
		}
		named += nameAll(t, s, c.Proto)
	}
	if named < 1000 {
		t.Errorf("only %d registers have a name", named)
	}
}

func nameAll(t *testing.T, s *State, proto *lua.FunctionProto) (named int) {
	t.Helper()
	declares := map[string]bool{}
	for _, l := range proto.DbgLocals {
		declares[l.Name] = true
	}
	fn := &lua.LFunction{Proto: proto, Upvalues: make([]*lua.Upvalue, proto.NumUpvalues)}
	for i := range fn.Upvalues {
		fn.Upvalues[i] = &lua.Upvalue{}
		fn.Upvalues[i].SetValue(lua.LNil)
	}
	c := code{proto}
	for pc := 0; pc < len(proto.Code); pc = c.after(pc) {
		for register := range int(proto.NumUsedRegisters) {
			steps := 0
			p := site{s: s, L: s.L, frame: &callFrame{Fn: fn, Pc: pc + 1}, steps: &steps, code: c}
			if o := p.operand(register, pc); o.kind == "local" {
				named++
				if !declares[o.name] {
					t.Errorf("line %d: there is no local %q", proto.DbgSourcePositions[pc], o.name)
				}
			}
		}
	}
	for _, inner := range proto.FunctionPrototypes {
		named += nameAll(t, s, inner)
	}
	return named
}
