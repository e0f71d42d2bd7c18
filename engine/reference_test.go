package engine_test

import (
	"slices"
	"testing"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/govalue"
)

func TestReference(t *testing.T) {
	t.Parallel()
	all := engine.Reference(nil)
	for _, want := range [][2]string{
		{"events", "SlotSet"}, {"dispatcher", "utter_message"}, {"tracker", "get_slot"}, {"http", "get"}, {"db", "query"}, {"tx", "exec"},
		{"response", "json"}, {"response", "status"}, {"match", "stop"}, {"moment", "unix"}, {"kv.conversation", "incr"},
	} {
		i := slices.IndexFunc(all, func(m luaapi.Module) bool { return m.Name == want[0] })
		if i < 0 || !slices.ContainsFunc(all[i].Members, func(m luaapi.Member) bool { return m.Name == want[1] }) &&
			!slices.Contains(luaapi.FieldNames(all[i].Fields), want[1]) {
			t.Errorf("%s.%s is not declared", want[0], want[1])
		}
	}
}

// TestDeclaredTypes reads every type that a declaration says: those who check scripts and write references rely on it.
func TestDeclaredTypes(t *testing.T) {
	t.Parallel()
	values, err := govalue.New(map[string]govalue.Value{"shop": {Doc: "A shop.", Go: func(string, *int) (time.Time, bool, error) { return time.Time{}, false, nil }}})
	if err != nil {
		t.Fatal(err)
	}
	all := engine.Reference(values)
	known := func(results []luaapi.Result, err error, where string) {
		if err != nil {
			t.Errorf("%s: %v", where, err)
		}
		for _, r := range results {
			if !luaapi.IsBasicType(r.Type) && !slices.ContainsFunc(all, func(m luaapi.Module) bool { return m.Name == r.Type }) {
				t.Errorf("%s: nobody declares %q", where, r.Type)
			}
		}
	}
	types := func(where, text string) {
		results, err := luaapi.ParseTypes(text)
		known(results, err, where)
	}
	fields := func(where string, fields []luaapi.Field) {
		for _, f := range fields {
			types(where+"."+f.Name, f.Type)
			if f.Doc == "" {
				t.Errorf("%s.%s has no doc", where, f.Name)
			}
		}
	}
	seen := 0
	for _, m := range all {
		fields(m.Name, m.Fields)
		if m.Doc == "" {
			t.Errorf("%s has no doc", m.Name)
		}
		if m.Rest != "" {
			types(m.Name+"[…]", m.Rest)
		}
		for _, member := range m.Members {
			seen++
			where := m.Name + "." + member.Name
			results, err := luaapi.ParseReturns(member.Returns)
			known(results, err, where)
			for _, p := range member.Params {
				types(where+"("+p.Name+")", p.Type)
				fields(where+"("+p.Name+")", p.Fields)
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d members were looked at", seen)
	}
}
