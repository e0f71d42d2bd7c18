package jsondoc_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// accepted are texts that must parse; refused holds what must not, with a part of the error.
var accepted = []string{
	`{}`, `[]`, `""`, `0`, `-0`, `true`, `false`, `null`, ` null `, "\t\r\n [ ] \n",
	`NaN`, `Infinity`, `-Infinity`, `[NaN, Infinity ,-Infinity]`, `{"a":NaN}`,
	`1`, `10`, `-1`, `1.5`, `1.50`, `0.1`, `1e5`, `1E5`, `1e+5`, `1e-5`, `0e0`, `1.25e-05`, `1e400`, `12345678901234567890`,
	`"a"`, `"ab\"c"`, `"\\"`, `"\\\\"`, `"\/\b\f\n\r\t"`, `"\u00e9"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\udc00x"`, `"é日😀"`, "\"\x7f\"",
	`"1234567"`, `"12345678"`, `"123456789"`, `"1234567\n"`, `"12345678\n12345678"`, `"123456é8123456789"`,
	`{"a":1}`, `{"a" : 1 , "b" :[ ]}`, `{"a":{"b":{"c":[1,[2,[3]]]}}}`, `{"a":1,"a":2}`, `{"":0}`, `{"\u0061":1}`,
	`[1,2]`, `[ 1 , 2 ]`, "[1,\n2]", "{\"a\":\n1}", "{\"a\"\n:1}", `[[],[[]],{}]`, `[{},{}]`, `[""]`, `["",""]`,
}

var refused = []struct{ text, what string }{
	{``, "nothing in it"}, {`   `, "nothing in it"}, {"\n", "nothing in it"},
	{"\ufeff{}", "byte order mark"}, {"\ufeff", "byte order mark"}, {"{}\ufeff", "after the end"},
	{`{`, "too early"}, {`[`, "too early"}, {`{"a"`, "too early"}, {`{"a":`, "too early"}, {`{"a":1`, "too early"},
	{`{"a": `, "too early"}, {`[1,`, "too early"}, {`[1, `, "too early"}, {`[1 `, "too early"}, {`{"a":1,`, "too early"},
	{`}`, "value was expected"}, {`]`, "value was expected"}, {`[1,]`, "value was expected"}, {`[,1]`, "value was expected"},
	{`{"a":}`, "value was expected"}, {`{"a":,}`, "value was expected"}, {`:`, "value was expected"}, {`+1`, "value was expected"},
	{`.5`, "value was expected"}, {`'a'`, "value was expected"}, {"\x00", "value was expected"}, {"[\x01]", "value was expected"},
	{`{"a":1,}`, "a key in double quotes"}, {`{1:2}`, "a key in double quotes"}, {`{a:1}`, "a key in double quotes"}, {`{,}`, "a key"},
	{`{'a':1}`, "a key in double quotes"}, {`{"a":1,,"b":2}`, "a key in double quotes"},
	{`{"a" 1}`, "a colon"}, {`{"a"}`, "a colon"}, {`{"a",1}`, "a colon"},
	{`{"a":1 "b":2}`, "a comma or }"}, {`{"a":1]`, "a comma or }"}, {`{"a":1:2}`, "a comma or }"}, {`{"a":[1}`, "a comma or ]"},
	{`["a":1]`, "a comma or ]"}, {`[1, "a": "b"]`, "a comma or ]"}, {`{"a":["b":1]}`, "a comma or ]"}, {`{"a":{},"b"}`, "a colon"},
	{`[1 2]`, "a comma or ]"}, {`[1}`, "a comma or ]"}, {`[01]`, "number"}, {`["a" "b"]`, "a comma or ]"}, {`[]]`, "after the end"},
	{`{} {}`, "after the end"}, {`1 2`, "after the end"}, {`null,`, "after the end"}, {"1\x00", "after the end"}, {`"a"b`, "after the end"},
	{`"`, "inside a string"}, {`"a`, "inside a string"}, {`"abcdefghij`, "inside a string"}, {`"\`, "inside a string"}, {`"\"`, "inside a string"},
	{`"\u12`, "inside a string"}, {`["a`, "inside a string"}, {`{"a`, "inside a string"},
	{"\"a\nb\"", "control character"}, {"\"\x00\"", "control character"}, {"\"\x1f\"", "control character"}, {"\"abcdefgh\tij\"", "control character"},
	{`"\q"`, "no escape"}, {`"\x41"`, "no escape"}, {`"abcdefg\'h"`, "no escape"}, {`"\u12g4"`, "four hexadecimal"}, {`"\u 123"`, "four hexadecimal"},
	{`01`, "number"}, {`-`, "number"}, {`-a`, "number"}, {`1.`, "number"}, {`1.e5`, "number"}, {`1e`, "number"}, {`1e+`, "number"}, {`-01`, "number"}, {`[1e]`, "number"},
	{`1.5.5`, "after the end"}, {`1a`, "after the end"}, {`0x10`, "after the end"},
	{`tru`, "word"}, {`True`, "word"}, {`nul`, "word"}, {`[none]`, "word"}, {`nan`, "word"}, {`Inf`, "word"}, {`-Inf`, "word"}, {`Nan`, "word"}, {`undefined`, "word"},
	{`-NaN`, "number"}, {`NaNN`, "after the end"}, {`truee`, "after the end"}, {`+Infinity`, "value was expected"},
	{"\"\xff\"", "UTF-8"}, {"\"\xc3\"", "UTF-8"}, {"\"\xed\xa0\x80\"", "UTF-8"}, {"\"abcdefghijkl\xc0\x80\"", "UTF-8"}, {"{\"\xfe\":1}", "UTF-8"},
	{"\xff\xfe\x00", "UTF-8"}, {"[\xe9]", "UTF-8"}, {"é", "value was expected"}, {"[日]", "value was expected"},
}

func TestAccepts(t *testing.T) {
	for _, text := range accepted {
		d, err := agreed(t, []byte(text))
		if err != nil {
			t.Errorf("Parse(%q): %v", text, err)
			continue
		}
		if got := string(d.Root().Raw()); got != strings.Trim(text, " \t\r\n") {
			t.Errorf("Parse(%q): root is %q", text, got)
		}
	}
}

func TestRefuses(t *testing.T) {
	for _, c := range refused {
		_, err := agreed(t, []byte(c.text))
		var syntax *jsondoc.SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("Parse(%q): error is %v, want a SyntaxError", c.text, err)
			continue
		}
		if !strings.Contains(err.Error(), c.what) || !strings.HasPrefix(err.Error(), "not JSON: ") {
			t.Errorf("Parse(%q): %q, want %q in it", c.text, err, c.what)
		}
		if syntax.Offset < 0 || syntax.Offset > len(c.text) {
			t.Errorf("Parse(%q): offset %d is outside the text", c.text, syntax.Offset)
		}
	}
}

func TestErrorNamesTheOffset(t *testing.T) {
	cases := map[string]string{
		`{"a": 1, "b" 2}`:     "not JSON: a colon was expected after the key at byte 13",
		`{"secret": "x" "y"}`: "not JSON: a comma or } was expected at byte 15",
		"[\"abc\xff\"]":       "not JSON: there are bytes that are not UTF-8 at byte 5",
		`[1, 02]`:             "not JSON: a number is not written as JSON wants it at byte 4",
		``:                    "not JSON: there is nothing in it, at byte 0",
	}
	for text, want := range cases {
		if _, err := agreed(t, []byte(text)); err == nil || err.Error() != want {
			t.Errorf("Parse(%q): %v, want %s", text, err, want)
		}
	}
}

func TestErrorHoldsNothingOfTheText(t *testing.T) {
	_, err := agreed(t, []byte(`{"password": hunter2}`))
	if err == nil || strings.Contains(err.Error(), "hunter2") || strings.Contains(err.Error(), "password") {
		t.Errorf("error: %v", err)
	}
}

// TestCutShort parses every beginning of a text: none but the whole may pass, and none may go out of bounds.
func TestCutShort(t *testing.T) {
	whole := `{"a": [1.5e-3, -Infinity, "x\u00e9\\", {"b": null}], "long enough for words of eight": "é日😀 and more", "t": true}`
	for n := range len(whole) {
		if _, err := agreed(t, []byte(whole[:n])); err == nil {
			t.Errorf("Parse(%q) passed", whole[:n])
		}
	}
	if _, err := agreed(t, []byte(whole)); err != nil {
		t.Error(err)
	}
}

func TestDepth(t *testing.T) {
	nest := func(open, inner, shut string, n int) []byte {
		return []byte(strings.Repeat(open, n) + inner + strings.Repeat(shut, n))
	}
	for _, c := range []struct{ open, inner, shut string }{{`[`, ``, `]`}, {`{"a":`, `1`, `}`}, {`[ `, `1`, ` ]`}} {
		d, err := agreed(t, nest(c.open, c.inner, c.shut, jsondoc.MaxDepth))
		if err != nil {
			t.Errorf("%d levels of %q: %v", jsondoc.MaxDepth, c.open, err)
		} else if d.Containers() != jsondoc.MaxDepth {
			t.Errorf("%d levels of %q: %d containers", jsondoc.MaxDepth, c.open, d.Containers())
		}
		_, err = agreed(t, nest(c.open, c.inner, c.shut, jsondoc.MaxDepth+1))
		if err == nil || !strings.Contains(err.Error(), "nested deeper than 512") {
			t.Errorf("%d levels of %q: %v", jsondoc.MaxDepth+1, c.open, err)
		}
	}
	// Many containers beside each other are not deep.
	if _, err := agreed(t, []byte(`[`+strings.Repeat(`[[]],`, 10_000)+`{}]`)); err != nil {
		t.Error(err)
	}
}

func TestBracketsOnlyAreRefusedAtOnce(t *testing.T) {
	for _, part := range []string{`[`, `{"a":`, `[[],`} {
		text := []byte(strings.Repeat(part, 4<<20/len(part)))
		for _, m := range jsondoc.Methods() {
			var d jsondoc.Doc
			err := d.ResetBy(m, text)
			var syntax *jsondoc.SyntaxError
			if !errors.As(err, &syntax) || syntax.Offset > 4*jsondoc.MaxDepth*len(part) {
				t.Errorf("4 MB of %q by %v: %v", part, m, err)
			}
		}
	}
}

func TestResetReuses(t *testing.T) {
	var d jsondoc.Doc
	if d.Root().Exists() || d.Containers() != 0 {
		t.Fatal("the zero Doc has a root")
	}
	text := []byte(`{"a":[1,{"b":"x"}],"c":"long enough for the eight-byte steps"}`)
	if err := d.Reset(text); err != nil {
		t.Fatal(err)
	}
	if n := testing.AllocsPerRun(100, func() {
		if err := d.Reset(text); err != nil {
			t.Error(err)
		}
	}); n != 0 {
		t.Errorf("a warm Reset allocates %v times", n)
	}
	if err := d.Reset([]byte(`[1,`)); err == nil || d.Root().Exists() || d.Containers() != 0 || d.Text() != nil {
		t.Errorf("after an error: %v, root %v", err, d.Root().Kind())
	}
	if err := d.Reset([]byte(`NaN`)); err != nil || !d.NonFinite() {
		t.Errorf("NaN: %v, NonFinite %v", err, d.NonFinite())
	}
	if err := d.Reset([]byte(`["NaN", "Infinity", 1e400]`)); err != nil || d.NonFinite() {
		t.Errorf("NaN as text: %v, NonFinite %v", err, d.NonFinite())
	}
}

func TestNonFinite(t *testing.T) {
	for text, want := range map[string]bool{
		`{"a":[NaN]}`: true, `[1,Infinity]`: true, `-Infinity`: true, `[-1]`: false, `{"NaN":null}`: false,
	} {
		d, err := agreed(t, []byte(text))
		if err != nil || d.NonFinite() != want {
			t.Errorf("%s: %v, %v", text, d.NonFinite(), err)
		}
	}
}

// FuzzParse holds the scanner against encoding/json: the same texts pass (bare NaN and infinities, UTF-8 and depth
// aside), and all values are the same.
func FuzzParse(f *testing.F) {
	for _, text := range accepted {
		f.Add([]byte(text))
	}
	for _, c := range refused {
		f.Add([]byte(c.text))
	}
	f.Add([]byte(body(3)))
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > 10_000 {
			return
		}
		d, err := agreed(t, text)
		plain := withoutNonFinite(text)
		want := json.Valid(plain) && utf8.Valid(text) && depth(plain) <= jsondoc.MaxDepth
		if (err == nil) != want {
			t.Fatalf("Parse(%q): %v, but valid is %v", text, err, want)
		}
		if err == nil && !d.NonFinite() {
			compare(t, d.Root(), decode(t, text))
		}
	})
}
