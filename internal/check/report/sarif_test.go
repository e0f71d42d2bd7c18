package report_test

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/check/report"
)

// allowed are the names that the standard's objects may have, as far as they are written here, and which of them they must.
func allowed() map[string]struct{ may, must []string } {
	type names = struct{ may, must []string }
	words := func(may, must string) names { return names{strings.Fields(may), strings.Fields(must)} }
	return map[string]names{
		"log":      words("$schema version runs", "$schema version runs"),
		"run":      words("tool columnKind results", "tool results"),
		"tool":     words("driver", "driver"),
		"driver":   words("name version informationUri rules", "name rules"),
		"rule":     words("id name shortDescription help defaultConfiguration", "id help"),
		"level":    words("level", "level"),
		"text":     words("text markdown", "text"),
		"result":   words("ruleId ruleIndex level message locations", "ruleId ruleIndex level message locations"),
		"location": words("physicalLocation", "physicalLocation"),
		"physical": words("artifactLocation region", "artifactLocation"),
		"artifact": words("uri", "uri"),
		"region":   words("startLine startColumn endColumn snippet", "startLine"),
	}
}

// shaped checks that an object has the names of its kind and no other, and returns it.
func shaped(t *testing.T, kind string, v any) map[string]any {
	t.Helper()
	object, ok := v.(map[string]any)
	if !ok {
		t.Fatalf("%s is no object: %v", kind, v)
	}
	names := allowed()[kind]
	for name := range object {
		if !slices.Contains(names.may, name) {
			t.Errorf("%s can't have %s", kind, name)
		}
	}
	for _, name := range names.must {
		if _, ok := object[name]; !ok {
			t.Errorf("%s must have %s: %v", kind, name, object)
		}
	}
	return object
}

func text(t *testing.T, v any) {
	t.Helper()
	if words, _ := shaped(t, "text", v)["text"].(string); words == "" {
		t.Error("a text is empty")
	}
}

func TestSARIFIsWhatTheStandardAsksFor(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	r := example()
	if err := (report.SARIF{Version: "v1"}).Write(&out, r); err != nil {
		t.Fatal(err)
	}
	var document any
	if err := json.Unmarshal(out.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	log := shaped(t, "log", document)
	if log["version"] != "2.1.0" {
		t.Errorf("version %v", log["version"])
	}
	run := shaped(t, "run", log["runs"].([]any)[0])
	driver := shaped(t, "driver", shaped(t, "tool", run["tool"])["driver"])
	var ids []string
	for _, v := range driver["rules"].([]any) {
		rule := shaped(t, "rule", v)
		text(t, rule["help"])
		text(t, rule["shortDescription"])
		shaped(t, "level", rule["defaultConfiguration"])
		if id := rule["id"].(string); slices.Contains(ids, id) {
			t.Errorf("the rule %s is there twice", id)
		} else {
			ids = append(ids, id)
		}
	}
	results := run["results"].([]any)
	if len(results) != len(r.Problems) {
		t.Fatalf("%d results of %d problems", len(results), len(r.Problems))
	}
	for i, v := range results {
		checkResult(t, shaped(t, "result", v), ids, r.Problems[i].File)
	}
}

func checkResult(t *testing.T, result map[string]any, rules []string, file string) {
	t.Helper()
	if at := int(result["ruleIndex"].(float64)); rules[at] != result["ruleId"] {
		t.Errorf("rule %d is %s, not %s", at, rules[at], result["ruleId"])
	}
	if level := result["level"]; level != "error" && level != "warning" {
		t.Errorf("level %v", level)
	}
	text(t, result["message"])
	physical := shaped(t, "physical", shaped(t, "location", result["locations"].([]any)[0])["physicalLocation"])
	uri := shaped(t, "artifact", physical["artifactLocation"])["uri"].(string)
	if parsed, err := url.Parse(uri); err != nil || parsed.Path != file || strings.ContainsAny(uri, " \\ü") {
		t.Errorf("the address %s is not that of %s", uri, file)
	}
	if physical["region"] == nil {
		return
	}
	region := shaped(t, "region", physical["region"])
	start, _ := region["startColumn"].(float64)
	end, hasEnd := region["endColumn"].(float64)
	if region["startLine"].(float64) < 1 || hasEnd && (start < 1 || end <= start) {
		t.Errorf("region %v", region)
	}
	if region["snippet"] != nil {
		text(t, region["snippet"])
	}
}

// A relative address can't begin with what would be read as a scheme or a host.
func TestSARIFAddresses(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		"a.lua": "a.lua", "scripts/a b.lua": "scripts/a%20b.lua", "c:d.lua": "./c:d.lua", "../s/a.lua": "../s/a.lua", "s/ü#?.lua": "s/%C3%BC%23%3F.lua",
		"/s/a.lua": "file:///s/a.lua", "s/./b.lua": "s/b.lua", "100%.lua": "100%25.lua",
	} {
		r := &report.Report{Problems: []report.Problem{{File: file}}}
		r.Problems[0].Message, r.Problems[0].Rule = "m", "r"
		var out bytes.Buffer
		if err := (report.SARIF{}).Write(&out, r); err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(out.String(), `"uri": "`+want+`"`) {
			t.Errorf("%s: %s", file, out.String())
		}
	}
}
