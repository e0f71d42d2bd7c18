package jsondoc_test

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/luaction/luaction/rasa/jsondoc"
)

func parse(t testing.TB, text string) jsondoc.Value {
	t.Helper()
	d, err := agreed(t, []byte(text))
	if err != nil {
		t.Fatalf("Parse(%q): %v", text, err)
	}
	return d.Root()
}

func TestValuesAreAsEncodingJSONHasThem(t *testing.T) {
	for _, text := range append(accepted, body(5)) {
		v := parse(t, text)
		if !strings.Contains(text, "NaN") && !strings.Contains(text, "Infinity") {
			compare(t, v, decode(t, []byte(text)))
		}
	}
}

func TestMissing(t *testing.T) {
	var v jsondoc.Value
	if v.Exists() || v.IsNull() || v.Kind() != jsondoc.Missing || v.Raw() != nil || v.Bool() || v.Text() != "" || v.Len() != 0 ||
		v.Index() != -1 || v.TextIs("") || !math.IsNaN(v.Float()) || v.IsInteger() || v.Get("a").Exists() || v.At(0).Exists() ||
		v.At(-1).Exists() || len(v.AppendText(nil)) != 0 {
		t.Error("the zero Value is not Missing in all its faces")
	}
	for it := v.Items(); it.Next(); {
		t.Error("an item of nothing")
	}
	for m := v.Members(); m.Next(); {
		t.Error("a member of nothing")
	}
}

func TestOtherKindsAnswerNothing(t *testing.T) {
	for _, text := range []string{`null`, `true`, `5`, `"x"`, `[1]`, `{"a":1}`, `"[1]"`} {
		v := parse(t, text)
		if k := v.Kind(); k != jsondoc.Object && (v.Get("a").Exists() || v.Get("").Exists()) {
			t.Errorf("%s has members", text)
		} else if k != jsondoc.Array && v.At(0).Exists() {
			t.Errorf("%s has items", text)
		} else if k != jsondoc.String && (v.Text() != "" || v.TextIs("") || len(v.AppendText(nil)) > 0) {
			t.Errorf("%s has text", text)
		} else if k != jsondoc.Number && (!math.IsNaN(v.Float()) || v.IsInteger()) {
			t.Errorf("%s is a number", text)
		} else if k != jsondoc.Bool && v.Bool() {
			t.Errorf("%s is true", text)
		} else if k < jsondoc.Array && v.Len() != 0 {
			t.Errorf("%s has a length", text)
		}
	}
}

func TestKindNames(t *testing.T) {
	want := map[jsondoc.Kind]string{
		jsondoc.Missing: "missing", jsondoc.Null: "null", jsondoc.Bool: "true or false", jsondoc.Number: "number",
		jsondoc.String: "text", jsondoc.Array: "list", jsondoc.Object: "object",
	}
	for kind, name := range want {
		if kind.String() != name {
			t.Errorf("kind %d is %q, want %q", kind, kind, name)
		}
	}
}

func TestGet(t *testing.T) {
	cases := []struct{ text, key, want string }{
		{`{"a":1,"b":2}`, "b", `2`},
		{`{"a":1,"b":{"a":3}}`, "a", `1`},
		{`{"a":1,"b":[{"a":3}],"a":{"c":[]}}`, "a", `{"c":[]}`},
		{`{"a":1,"a":null}`, "a", `null`},
		{`{"\u0061":1}`, "a", `1`},
		{`{"a":1,"\u0061":2}`, "a", `2`},
		{`{"x\\n":1,"x\n":2}`, "x\n", `2`},
		{`{"x\\n":1,"x\n":2}`, `x\n`, `1`},
		{`{"":7}`, "", `7`},
		{`{"ключ":"да"}`, "ключ", `"да"`},
		{`{"a":1}`, "b", ``},
		{`{"A":1}`, "a", ``},
		{`{}`, "a", ``},
		{`{ "a" : [ 1 , 2 ] , "b" : -1.5e3 }`, "b", `-1.5e3`},
		{`{"k":"}","l":"]\"{","m":true}`, "m", `true`},
		{`{"a":false,"b":null,"c":true,"d":9}`, "d", `9`},
	}
	for _, c := range cases {
		if got := string(parse(t, c.text).Get(c.key).Raw()); got != c.want {
			t.Errorf("%s: Get(%q) is %s, want %s", c.text, c.key, got, c.want)
		}
	}
}

func TestAt(t *testing.T) {
	list := parse(t, `[10, [1,[2]], {"a":[3]}, "x,y]", NaN, false]`)
	want := []string{`10`, `[1,[2]]`, `{"a":[3]}`, `"x,y]"`, `NaN`, `false`}
	for i, raw := range want {
		if got := string(list.At(i).Raw()); got != raw {
			t.Errorf("At(%d) is %s, want %s", i, got, raw)
		}
		if got := string(list.At(i - len(want)).Raw()); got != raw {
			t.Errorf("At(%d) is %s, want %s", i-len(want), got, raw)
		}
	}
	if list.At(6).Exists() || list.At(-7).Exists() || list.Len() != 6 {
		t.Error("outside the list")
	}
	if inner := list.At(1).At(1).At(0); string(inner.Raw()) != "2" {
		t.Errorf("list in list: %s", inner.Raw())
	}
	if inner := list.At(2).Get("a").At(-1); string(inner.Raw()) != "3" {
		t.Errorf("list in object: %s", inner.Raw())
	}
}

func TestMembersKeepOrderAndDuplicates(t *testing.T) {
	var got []string
	object := parse(t, `{"b":1,"a\n":[{}],"b":{"x":2}}`)
	for m := object.Members(); m.Next(); {
		got = append(got, fmt.Sprintf("%q %s %s", m.Key(), m.RawKey(), m.Value().Raw()))
	}
	want := `"b" b 1|"a\n" a\n [{}]|"b" b {"x":2}`
	if strings.Join(got, "|") != want {
		t.Errorf("members: %s, want %s", strings.Join(got, "|"), want)
	}
	if object.Len() != 3 {
		t.Errorf("Len is %d", object.Len())
	}
}

func TestIndexIsIdentity(t *testing.T) {
	root := parse(t, `{"a":[{"b":1},{"c":[]}],"d":{}}`)
	want := map[string]int{"a": 1, "d": 5}
	for key, index := range want {
		if got := root.Get(key).Index(); got != index {
			t.Errorf("%s has index %d, want %d", key, got, index)
		}
	}
	if a, b := root.Get("a").At(1), root.Get("a").At(-1); a.Index() != b.Index() || a.Index() != 3 || root.Index() != 0 {
		t.Errorf("indexes %d and %d", a.Index(), b.Index())
	}
	if got := root.Get("a").At(0).Get("b").Index(); got != -1 {
		t.Errorf("a number has index %d", got)
	}
}

func TestText(t *testing.T) {
	cases := map[string]string{
		`""`: "", `"a"`: "a", `"\"\\\/\b\f\n\r\t"`: "\"\\/\b\f\n\r\t", `"\u00e9\u65e5"`: "é日", `"\ud83d\ude00!"`: "😀!",
		`"\ud83d"`: "\ufffd", `"\ud83dx"`: "\ufffdx", `"\ude00\ud83d"`: "\ufffd\ufffd", `"\ud83d\ud83d\ude00"`: "\ufffd😀",
		`"\ud83d\n"`: "\ufffd\n", `"\ud83d\u0041"`: "\ufffdA", `"\u0000"`: "\x00", `"\uFFFF\uABcd"`: "\uffff\uabcd", `"é\té"`: "é\té",
	}
	for text, want := range cases {
		v := parse(t, text)
		if got := v.Text(); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
		if !v.TextIs(want) || v.TextIs(want+"\x00") || want != "" && v.TextIs(want[1:]) || v.TextIs("\x01"+want) {
			t.Errorf("TextIs of %s", text)
		}
	}
}

func TestFloat(t *testing.T) {
	cases := []struct {
		text    string
		want    float64
		integer bool
	}{
		{`0`, 0, true}, {`5`, 5, true}, {`-17`, -17, true}, {`1.5`, 1.5, false}, {`5.0`, 5, false}, {`1e2`, 100, false}, {`1E2`, 100, false},
		{`1e400`, math.Inf(1), false}, {`-1e400`, math.Inf(-1), false}, {`1e-400`, 0, false}, {`Infinity`, math.Inf(1), false},
		{`-Infinity`, math.Inf(-1), false}, {`9007199254740993`, 9007199254740992, true}, {`12345678901234567890`, 12345678901234567890, true},
		{`999999999999999`, 999999999999999, true}, {`-999999999999999`, -999999999999999, true}, {`0.1`, 0.1, false},
		{`1717409101.1031728`, 1717409101.1031728, false}, {`123456789012345678901234567890123456789.5`, 123456789012345678901234567890123456789.5, false},
	}
	for _, c := range cases {
		v := parse(t, c.text)
		if v.Float() != c.want || v.IsInteger() != c.integer {
			t.Errorf("%s: %v, integer %v; want %v, %v", c.text, v.Float(), v.IsInteger(), c.want, c.integer)
		}
	}
	if zero := parse(t, `-0`); !math.Signbit(zero.Float()) || !zero.IsInteger() {
		t.Error("-0 lost its sign")
	}
	if nan := parse(t, `NaN`); !math.IsNaN(nan.Float()) || nan.IsInteger() || nan.Kind() != jsondoc.Number {
		t.Error("NaN is not read as one")
	}
}

func TestLookingAllocatesNothing(t *testing.T) {
	root := parse(t, body(20))
	n := testing.AllocsPerRun(50, func() {
		tracker := root.Get("tracker")
		events := tracker.Get("events")
		sum := float64(events.Len())
		for it := events.Items(); it.Next(); {
			sum += it.Value().Get("timestamp").Float()
			if it.Value().Get("text").TextIs(`how about "café" no. 3`) {
				sum++
			}
		}
		if !tracker.Get("slots").Get("cuisine").TextIs("thäi") || sum == 0 {
			t.Error("wrong values")
		}
	})
	if n != 0 {
		t.Errorf("looking allocates %v times", n)
	}
}

func TestAppendQuote(t *testing.T) {
	cases := map[string]string{
		"": `""`, "a": `"a"`, "é日😀": `"é日😀"`, "\"\\/": `"\"\\/"`, "\n\r\t\b\f\x00\x1f\x7f": "\"\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\x7f\"",
		"<a href='&'>": `"<a href='&'>"`, "a\xffb\xc3": "\"a\ufffdb\ufffd\"", "\xed\xa0\x80": "\"\ufffd\ufffd\ufffd\"", "\u2028": "\"\u2028\"", "\ufffd": "\"\ufffd\"",
	}
	for s, want := range cases {
		if got := string(jsondoc.AppendQuote([]byte("x"), s)); got != "x"+want {
			t.Errorf("AppendQuote(%q) is %s, want %s", s, got, want)
		}
	}
}

func FuzzAppendQuote(f *testing.F) {
	for _, s := range []string{"", "plain", "a\"b\\c", "\x00\n\x1f", "é\xff", "\ud7ff\ue000", "😀"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		quoted := jsondoc.AppendQuote(nil, s)
		v := parse(t, string(quoted))
		if want := string([]rune(s)); v.Text() != want || !utf8.Valid(quoted) {
			t.Fatalf("AppendQuote(%q) is %q, which reads %q", s, quoted, v.Text())
		}
	})
}

func BenchmarkParse(b *testing.B) {
	for _, turns := range []int{3, 45, 450, 1600} {
		text := []byte(body(turns))
		b.Run(fmt.Sprintf("%dk", len(text)/1000), func(b *testing.B) {
			var d jsondoc.Doc
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if err := d.Reset(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkLook(b *testing.B) {
	root := parse(b, body(450))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for it := root.Get("tracker").Get("events").Items(); it.Next(); {
			if it.Value().Get("event").TextIs("user") {
				n++
			}
		}
		if n != 450 {
			b.Fatal(n)
		}
	}
}
