package stubs_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/double"
	"github.com/luaction/luaction/internal/scripttest"
	"github.com/luaction/luaction/luaapi"
)

var (
	function = regexp.MustCompile(`(?m)^function ([\w.]+)\(([^)]*)\) end$`)
	class    = regexp.MustCompile(`(?m)^---@class (?:\(exact\) )?([\w.]+).*\n((?:---@field .*\n)*)`)
	fieldOf  = regexp.MustCompile(`---@field (\w+)`)
)

// TestTestWords holds the definitions of what only tests can say in step with what the runner of tests declares: every word, its
// parameters, and the names in its tables, and no other.
func TestTestWords(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("library/test.lua")
	if err != nil {
		t.Fatal(err)
	}
	written := map[string][]string{}
	for _, m := range function.FindAllStringSubmatch(string(text), -1) {
		written[m[1]] = strings.Split(m[2], ", ")
	}
	fields := map[string][]string{}
	for _, m := range class.FindAllStringSubmatch(string(text), -1) {
		for _, f := range fieldOf.FindAllStringSubmatch(m[2], -1) {
			fields[m[1]] = append(fields[m[1]], f[1])
		}
	}
	classes := map[string]string{ // of objects and of the tables that functions take
		"action_result": "run_action.result", "stub": "http.stub.handle", "request": "http.stub.request",
		"run_action": "run_action.given", "http.stub": "http.stub.reply",
	}
	for _, m := range append(scripttest.Reference(), double.Reference()...) {
		if m.Object {
			sameNames(t, classes[m.Name], fields[classes[m.Name]], luaapi.FieldNames(m.Fields))
			continue
		}
		for i := range m.Members {
			member := &m.Members[i]
			name := map[string]string{"test": "", "assert": "asserts."}[m.Name] + member.Name
			if m.Name != "test" && m.Name != "assert" {
				name = m.Name + "." + member.Name
			}
			if name == "reject" {
				continue // scripts have it, too
			}
			params := written[name]
			delete(written, name)
			if len(params) != len(member.Params) {
				t.Errorf("%s is defined with %v, and declared with %d parameters", name, params, len(member.Params))
			}
			for _, p := range member.Params {
				if len(p.Fields) > 0 {
					sameNames(t, classes[name], fields[classes[name]], luaapi.FieldNames(p.Fields))
				}
			}
		}
	}
	for name := range written {
		t.Errorf("%s is defined, and is not there", name)
	}
}

func sameNames(t *testing.T, of string, got, want []string) {
	t.Helper()
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) || len(got) == 0 {
		t.Errorf("%s is defined with %v, and declared with %v", of, got, want)
	}
}
