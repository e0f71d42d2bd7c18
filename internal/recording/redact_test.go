package recording_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/internal/recording"
	"github.com/luaction/luaction/rasa/jsondoc"
)

func document(t testing.TB, text string) jsondoc.Value {
	t.Helper()
	doc, err := jsondoc.Parse([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return doc.Root()
}

// Each case: what is hidden, a request with its answer, and both as they are kept; #1 stands for one placeholder, #2 for another.
func TestRedact(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, rules, in, want string }{
		{"nothing", "password", `{ "b":1, "a":"x" }`, `{"b":1,"a":"x"}`},
		{"a name anywhere", "password", `{"a":[{"password":"tiger"}],"password":"lion"}`, `{"a":[{"password":"#1"}],"password":"#2"}`},
		{"all below it", "metadata", `{"metadata":{"a":"tiger","b":["lion",true,null]}}`, `{"metadata":{"a":"#1","b":["#2",true,null]}}`},
		{"the end of a path", "slots.city", `{"slots":{"city":"Ulm"},"city":"Bern"}`, `{"slots":{"city":"#1"},"city":"Bern"}`},
		{"any name", "metadata.*", `{"metadata":{"a":"tiger"}}`, `{"metadata":{"a":"#1"}}`},
		{"lists on the way", "entities[*].value", `{"entities":[{"value":"Ulm","entity":"city"}]}`, `{"entities":[{"value":"#1","entity":"city"}]}`},
		{"equal values", "a,b", `{"a":"tiger","b":"tiger"}`, `{"a":"#1","b":"#1"}`},
		{"other texts", "name_of_user", `{"name_of_user":"Ann","text":"I am Ann, not Annabel. ANN"}`, `{"name_of_user":"#1","text":"I am #1, not Annabel. ANN"}`},
		{"a slot's events", "slots.city", `{"events":[{"event":"slot","name":"city","value":"Ulm"},{"event":"slot","name":"b","value":"c"}]}`,
			`{"events":[{"event":"slot","name":"city","value":"#1"},{"event":"slot","name":"b","value":"c"}]}`},
		{"words of Rasa", "a", `{"a":["slot","greet"],"event":"slot","name":"greet","intent":{"name":"greet"},"text":"greet"}`,
			`{"a":["#1","#2"],"event":"slot","name":"greet","intent":{"name":"greet"},"text":"#2"}`},
		{"JSON in a text", "password", `{"text":"{\"password\": \"tiger\"}"}`, `{"text":"{\"password\":\"#1\"}"}`},
		{"JSON after an intent", "password", `{"text":"/login{\"password\": \"tiger\"}","b":"tiger"}`, `{"text":"/login{\"password\":\"#1\"}","b":"#1"}`},
		{"JSON in a text without it", "password", `{"text":"{\"a\": \"tiger\"}"}`, `{"text":"{\"a\": \"tiger\"}"}`},
		{"JSON in JSON in a text", "password", `{"text":"{\"a\":\"[{\\\"password\\\":\\\"tiger\\\"}]\"}"}`, `{"text":"{\"a\":\"[{\\\"password\\\":\\\"#1\\\"}]\"}"}`},
		{"letters of their own", "a", `{"a":"tige\u0072","b":"a tig\u0065r"}`, `{"a":"#1","b":"a #1"}`},
		{"the longer one", "a,b", `{"a":"New York","b":"New","c":"New York is new, New"}`, `{"a":"#1","b":"#2","c":"#1 is new, #2"}`},
		{"the domain", "city", `{"domain":{"slots":{"city":"x"}},"tracker":{"domain":{"city":"x1"}}}`, `{"domain":{"slots":{"city":"x"}},"tracker":{"domain":{"city":"#1"}}}`},
		{"secrets", "", `{"a":{"b":"open sesame","sesame":"x"}}`, `{"a":{"b":"open ***","sesame":"x"}}`},
	} {
		var list []string
		if c.rules != "" {
			list = strings.Split(c.rules, ",")
		}
		r := recording.NewRedactor(rules(t, list...), mask.New("sesame"))
		got, answer := r.Call(document(t, c.in), document(t, `{}`))
		if want := c.want; numbered(string(got)) != want || string(answer) != "{}" {
			t.Errorf("%s: %s, want %s", c.name, numbered(string(got)), want)
		}
	}
}

// numbered writes #1, #2 … for the placeholders in the order in which they come.
func numbered(text string) string {
	seen := map[string]string{}
	return regexp.MustCompile(`redacted-[0-9a-f]{10}`).ReplaceAllStringFunc(text, func(p string) string {
		if seen[p] == "" {
			seen[p] = "#" + string(rune('1'+len(seen)))
		}
		return seen[p]
	})
}

func TestRedactNumbers(t *testing.T) {
	t.Parallel()
	r := recording.NewRedactor(rules(t, "pin", "price"), nil)
	in := `{"pin":1234,"again":1234,"text":"it is 1234","other":12345,"price":-17.25,"flag":true}`
	got, answer := r.Call(document(t, in), document(t, `{"said":"1234!"}`))
	var was struct {
		Pin, Again, Other, Price json.Number
		Text                     string
	}
	if err := json.Unmarshal(got, &was); err != nil {
		t.Fatal(err)
	}
	if was.Pin == "1234" || len(was.Pin) != 4 || was.Again != was.Pin || was.Text != "it is "+was.Pin.String() || was.Other != "12345" ||
		string(answer) != `{"said":"`+was.Pin.String()+`!"}` || !regexp.MustCompile(`^-\d\d\.5$`).MatchString(was.Price.String()) {
		t.Errorf("%s %s", got, answer)
	}
	again, _ := r.Call(document(t, in), document(t, `{}`))
	if string(again) != string(got) {
		t.Error("the next call has other placeholders")
	}
}

func TestRedactAnswer(t *testing.T) {
	t.Parallel()
	r := recording.NewRedactor(rules(t, "slots.name"), nil)
	request, answer := r.Call(document(t, `{"tracker":{"slots":{"name":"Ann"}}}`), document(t, `{"responses":[{"text":"Hello Ann"}],"events":[{"event":"slot","name":"name","value":"Eve"}]}`))
	if got := numbered(string(request) + string(answer)); got != `{"tracker":{"slots":{"name":"#1"}}}{"responses":[{"text":"Hello #1"}],"events":[{"event":"slot","name":"name","value":"#2"}]}` {
		t.Error(got)
	}
}

func TestPaths(t *testing.T) {
	t.Parallel()
	for text, pointer := range map[string]string{
		"a": "/a", "events[*].timestamp": "/events/*/timestamp", "a.*.b[0][1]": "/a/*/b/0/1", "[*]": "/*", `a\.b.c\[0\]`: "/a.b/c[0]",
		"responses[0]": "/responses/0", "a b/c~": "/a b~1c~0",
	} {
		path, err := recording.ParsePath(text)
		if err != nil || path.Pointer() != pointer || path.String() != text {
			t.Errorf("%s: %v %s %s", text, err, path.Pointer(), path)
		}
	}
	for _, text := range []string{"", ".", "a.", ".a", "a..b", "a[", "a[]", "a[x]", "a[-1]", "a[01]", "a[0]b", "a]", `a\`, `a\b`, "[0]a", "a[0"} {
		if path, err := recording.ParsePath(text); err == nil || !strings.Contains(err.Error(), `"`) {
			t.Errorf("%s: %v %v", text, path, err)
		}
	}
	for _, text := range []string{"a[0]", "[*]", "a..b"} {
		if _, err := recording.ParseRules([]string{"fine", text}); err == nil {
			t.Errorf("%s is no rule", text)
		}
	}
}

func FuzzPath(f *testing.F) {
	for _, seed := range []string{"a", "events[*].timestamp", `a\.b`, "*.b[0]", "[1]", `\*`, "a]["} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		path, err := recording.ParsePath(text)
		if err != nil {
			return
		}
		again, err := recording.ParsePath(path.String())
		if err != nil || again.String() != path.String() || again.Pointer() != path.Pointer() {
			t.Errorf("%q: %q, %q, %v", text, path, again, err)
		}
	})
}

func FuzzRedact(f *testing.F) {
	for _, seed := range []string{`{"a":"tiger","b":"a tiger"}`, `{"a":["\u0061b",1,NaN]}`, `{"event":"slot","name":"a","value":"x y"}`, `{"b":"/x{\"a\":1234}"}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		doc, err := jsondoc.Parse([]byte(text))
		if err != nil {
			return
		}
		r := recording.NewRedactor(rules(t, "a", "slots.a"), mask.New("sesame"))
		got, _ := r.Call(doc.Root(), doc.Root())
		if _, err := jsondoc.Parse(got); err != nil {
			t.Errorf("%s: %s is no JSON: %v", text, got, err)
		}
	})
}
