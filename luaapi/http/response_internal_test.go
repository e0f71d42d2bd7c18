package http

import (
	"testing"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/service/httpclient"
)

// Every field that is declared is there, and says what it is declared to be.
func TestDeclaredFields(t *testing.T) {
	t.Parallel()
	m := &module{s: luaapi.NewSession(interp.New(interp.Options{}))}
	m.hideResponses()
	r := m.of(m.response(&httpclient.Response{Status: 404, Error: "GET x: 404 Not Found"}))
	for _, f := range Response().Fields {
		types, err := luaapi.ParseTypes(f.Type)
		got := m.field(r, f.Name)
		if err != nil || got == nil || got.Type().String() != types[0].Type {
			t.Errorf("%s is %v, declared as %s", f.Name, got, f.Type)
		}
	}
	for _, member := range Response().Members {
		if fn, ok := m.field(r, member.Name).(*lua.LFunction); !ok || fn == nil {
			t.Errorf("%s is no function", member.Name)
		}
	}
}
