package apitest

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/luaapi"
)

// Want runs expressions and compares what each goes out as: JSON, by expression.
func Want(t *testing.T, want map[string]string, modules ...func(*luaapi.Session) luaapi.Module) {
	t.Helper()
	r := New(t, Case{Modules: modules})
	for expression, want := range want {
		answer, err := r.Call(t, Case{Script: "local x = " + expression + "\nreturn SlotSet('x', x)"})
		if err != nil {
			t.Errorf("%s: %v", expression, err)
			continue
		}
		got := strings.TrimPrefix(answer, `{"events":[{"event":"slot","timestamp":null,"name":"x","value":`)
		if got = strings.TrimSuffix(got, `}],"responses":[]}`); got != want {
			t.Errorf("%s = %s, want %s", expression, got, want)
		}
	}
}

// WantErrors runs expressions and looks for a part of the message that each raises, behind script and line.
func WantErrors(t *testing.T, want map[string]string, modules ...func(*luaapi.Session) luaapi.Module) {
	t.Helper()
	r := New(t, Case{Modules: modules})
	for expression, want := range want {
		answer, err := r.Call(t, Case{Script: "local x = " + expression + "\nreturn SlotSet('x', x)"})
		switch {
		case err == nil:
			t.Errorf("%s gives %s, want an error", expression, answer)
		case !strings.HasPrefix(err.Error(), "action_test.lua:2: "):
			t.Errorf("%s: %v, want its script and line first", expression, err)
		case !strings.Contains(err.Error(), want):
			t.Errorf("%s: %v, want %q in it", expression, err, want)
		}
	}
}
