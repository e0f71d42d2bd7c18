package recording_test

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

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
		{"a name that Rasa has, too", "name", `{"slots":{"name":"Ann"},"active_loop":{"name":"f"},"latest_message":{"intent":{"name":"greet"}},"events":[{"event":"slot","name":"city","value":"Ulm"},{"event":"slot","name":"name","value":"Eve"}],"custom":{"name":"Ann"},"city":"greet"}`,
			`{"slots":{"name":"#1"},"active_loop":{"name":"f"},"latest_message":{"intent":{"name":"greet"}},"events":[{"event":"slot","name":"city","value":"Ulm"},{"event":"slot","name":"name","value":"#2"}],"custom":{"name":"#1"},"city":"greet"}`},
		{"a name of Rasa's that is meant", "intent.name,events.name", `{"intent":{"name":"greet"},"events":[{"event":"reminder","name":"to Ann"}]}`,
			`{"intent":{"name":"#1"},"events":[{"event":"reminder","name":"#2"}]}`},
		{"JSON in a text", "password", `{"text":"{\"password\": \"tiger\"}"}`, `{"text":"{\"password\":\"#1\"}"}`},
		{"JSON after an intent", "password", `{"text":"/login{\"password\": \"tiger\"}","b":"tiger"}`, `{"text":"/login{\"password\":\"#1\"}","b":"#1"}`},
		{"JSON in a text without it", "password", `{"text":"{\"a\": \"tiger\"}"}`, `{"text":"{\"a\": \"tiger\"}"}`},
		{"JSON in JSON in a text", "password", `{"text":"{\"a\":\"[{\\\"password\\\":\\\"tiger\\\"}]\"}"}`, `{"text":"{\"a\":\"[{\\\"password\\\":\\\"#1\\\"}]\"}"}`},
		{"letters of their own", "a", `{"a":"tige\u0072","b":"a tig\u0065r"}`, `{"a":"#1","b":"a #1"}`},
		{"the longer one", "a,b", `{"a":"New York","b":"New","c":"New York is new, New"}`, `{"a":"#1","b":"#2","c":"#1 is new, #2"}`},
		{"the domain", "city", `{"domain":{"slots":{"city":"x"}},"tracker":{"domain":{"city":"x1"}}}`, `{"domain":{"slots":{"city":"x"}},"tracker":{"domain":{"city":"#1"}}}`},
		{"digits elsewhere", "pin", `{"pin":"47","a":{"custom":{"47":1}},"b":[47e0]}`, `{"pin":"#1","a":{"custom":{"#1":1}},"b":[47e0]}`},
		{"an entity of that name", "slots.city", `{"tracker":{"latest_message":{"text":"to Ulm","entities":[{"entity":"city","value":"Ulm"}]}}}`,
			`{"tracker":{"latest_message":{"text":"to #1","entities":[{"entity":"city","value":"#1"}]}}}`},
		{"a slot after an intent", "slots.city", `{"text":"/inform{\"city\":\"Ulm\"}","b":"Ulm"}`, `{"text":"/inform{\"city\":\"#1\"}","b":"#1"}`},
		{"a slot in a command", "slots.city", `{"text":"/SetSlots(size=3, city='New Ulm')","b":"New Ulm"}`, `{"text":"/SetSlots(size=3, city='#1')","b":"#1"}`},
		{"names of Rasa in what is no Rasa's", "pw", `{"pw":"tiger","responses":[{"response":"tiger","custom":{"response":"tiger","name":"a tiger","event":"tiger"}}]}`,
			`{"pw":"#1","responses":[{"response":"tiger","custom":{"response":"#1","name":"a #1","event":"#1"}}]}`},
		{"keys that a script made", "slots.city", `{"tracker":{"slots":{"city":"Ulm","Ulm":{"Ulm":1}}},"responses":[{"custom":{"Ulm":{"Ulm":1}},"Ulm":1}]}`,
			`{"tracker":{"slots":{"city":"#1","Ulm":{"#1":1}}},"responses":[{"custom":{"#1":{"#1":1}},"Ulm":1}]}`},
		{"addresses", "a", `{"a":"a b&c","b":["x?q=a+b%26c","x/a%20b&c","x/a%20b%26c"]}`, `{"a":"#1","b":["x?q=#1","x/#1","x/#1"]}`},
		{"blanks around it", "a", `{"a":" tiger ","b":"my tiger"}`, `{"a":"#1","b":"my #1"}`},
		{"JSON in a hidden text", "a", `{"a":"{\"k\":\"tiger\"}","b":"tiger"}`, `{"a":"#1","b":"#2"}`},
		{"a secret of digits", "", `{"a":[20261122,120261122]}`, `{"a":["***",120261122]}`},
		{"secrets", "", `{"a":{"b":"open sesame","sesame":"x"}}`, `{"a":{"b":"open ***","sesame":"x"}}`},
	} {
		var list []string
		if c.rules != "" {
			list = strings.Split(c.rules, ",")
		}
		r := recording.NewRedactor(rules(t, list...), mask.New("sesame", "20261122"))
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
	digits, _ := r.Call(document(t, `{"pin":"4711","amount":4711}`), document(t, `{}`))
	if m := regexp.MustCompile(`^\{"pin":"redacted-\w+","amount":(\d{4})\}$`).FindSubmatch(digits); m == nil || string(m[1]) == "4711" {
		t.Errorf("a number that is a hidden text elsewhere: %s", digits)
	}
	again, _ := r.Call(document(t, in), document(t, `{}`))
	if string(again) != string(got) {
		t.Error("the next call has other placeholders")
	}
}

// However much is hidden, a call is soon done.
func TestRedactMuch(t *testing.T) {
	t.Parallel()
	var hidden, said strings.Builder
	for i := range 50_000 {
		hidden.WriteString(`,"k` + strconv.Itoa(i) + `":"user ` + strconv.Itoa(i) + `"`)
		said.WriteString("user " + strconv.Itoa(i) + "; ")
	}
	long := strings.Repeat("user ", 20_000)
	in := `{"metadata":{"long":"` + long + `1","longer":"` + long + `12"` + hidden.String() + `},"text":"` + said.String() + `","a":"` + long + `12","b":"` + long + `1!","c":"` + long + `123"}`
	r := recording.NewRedactor(rules(t, "metadata"), nil)
	done := make(chan string, 1)
	go func() {
		got, _ := r.Call(document(t, in), document(t, `{}`))
		done <- string(got)
	}()
	select {
	case got := <-done:
		_, rest, _ := strings.Cut(got, `},"text":`)
		if m := regexp.MustCompile(`"a":"(\S+)","b":"(\S+)!","c":"(.*)"`).FindStringSubmatch(rest); m == nil || m[1] == m[2] || !strings.HasPrefix(m[3], "user user") {
			t.Errorf("the long ones: %.300s", rest[max(len(rest)-300, 0):])
		}
		if strings.Contains(rest, "user 4711;") || strings.Count(rest, "redacted-") < 50_000 {
			t.Error("something is there still")
		}
	case <-time.After(30 * time.Second):
		t.Error("it takes longer than 30 s")
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
	for _, seed := range []string{`{"a":"tiger","b":"a tiger"}`, `{"a":["\u0061b",1,NaN]}`, `{"event":"slot","name":"a","value":"x y"}`, `{"a":"1234","b":[1234,{"custom":{"1234":1234}}]}`, `{"entity":"a","value":["x"],"t":"/SetSlots(a=x,b)"}`, `{"b":"/x{\"a\":1234}"}`} {
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
