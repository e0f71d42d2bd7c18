package jsondoc_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// withoutNonFinite writes 0 for the words that Python adds to JSON, wherever they stand outside strings as a whole value.
func withoutNonFinite(text []byte) []byte {
	out := make([]byte, 0, len(text))
	inString := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case inString && c == '\\' && i+1 < len(text):
			out = append(out, c, text[i+1])
			i++
			continue
		case c == '"':
			inString = !inString
		case !inString:
			if word := nonFinite(text[i:]); word != "" && (i == 0 || strings.IndexByte(" \t\r\n[,:", text[i-1]) >= 0) {
				out = append(out, '0')
				i += len(word) - 1
				// What follows directly must not become part of the number.
				if i+1 < len(text) && strings.IndexByte("0123456789.eE", text[i+1]) >= 0 {
					out = append(out, '!')
				}
				continue
			}
		}
		out = append(out, c)
	}
	return out
}

func nonFinite(text []byte) string {
	for _, word := range []string{"NaN", "Infinity", "-Infinity"} {
		if bytes.HasPrefix(text, []byte(word)) {
			return word
		}
	}
	return ""
}

// depth is how deep brackets are nested in a valid text.
func depth(text []byte) int {
	deepest, now, inString := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '[' || c == '{':
			now++
			deepest = max(deepest, now)
		case c == ']' || c == '}':
			now--
		}
	}
	return deepest
}

func decode(t *testing.T, text []byte) any {
	t.Helper()
	dec := json.NewDecoder(bytes.NewReader(text))
	dec.UseNumber()
	var want any
	if err := dec.Decode(&want); err != nil {
		t.Fatalf("encoding/json: %v in %q", err, text)
	}
	return want
}

// compare checks every face of v against what encoding/json decoded.
func compare(t *testing.T, v jsondoc.Value, want any) {
	t.Helper()
	kind := jsondoc.Null
	switch want := want.(type) {
	case bool:
		kind = jsondoc.Bool
		if v.Bool() != want {
			t.Fatalf("Bool of %q", v.Raw())
		}
	case string:
		kind = jsondoc.String
		if v.Text() != want || !v.TextIs(want) || v.TextIs(want+"x") || string(v.AppendText([]byte("> "))) != "> "+want {
			t.Fatalf("text of %q: %q, want %q", v.Raw(), v.Text(), want)
		}
		if back := unquote(t, jsondoc.AppendQuote(nil, want)); back != want {
			t.Fatalf("AppendQuote(%q) reads back as %q", want, back)
		}
	case json.Number:
		kind = jsondoc.Number
		f, _ := strconv.ParseFloat(string(want), 64)
		if got := v.Float(); got != f || math.Signbit(got) != math.Signbit(f) {
			t.Fatalf("Float of %q: %v, want %v", v.Raw(), got, f)
		}
		if v.IsInteger() == strings.ContainsAny(string(want), ".eE") {
			t.Fatalf("IsInteger of %q: %v", v.Raw(), v.IsInteger())
		}
	case []any:
		kind = jsondoc.Array
		compareList(t, v, want)
	case map[string]any:
		kind = jsondoc.Object
		compareObject(t, v, want)
	}
	if v.Kind() != kind || !v.Exists() || v.IsNull() != (want == nil) || (v.Index() >= 0) != (kind >= jsondoc.Array) {
		t.Fatalf("%q: kind %v, want %v", v.Raw(), v.Kind(), kind)
	}
}

func compareList(t *testing.T, v jsondoc.Value, want []any) {
	t.Helper()
	n := 0
	for it := v.Items(); it.Next(); n++ {
		if n < len(want) {
			compare(t, it.Value(), want[n])
		}
	}
	if n != len(want) || v.Len() != n {
		t.Fatalf("%q: %d items, want %d", v.Raw(), n, len(want))
	}
	if n > 0 && (!bytes.Equal(v.At(-1).Raw(), v.At(n-1).Raw()) || !bytes.Equal(v.At(-n).Raw(), v.At(0).Raw())) {
		t.Fatalf("%q: At from the end", v.Raw())
	}
	if v.At(n).Exists() || v.At(-n-1).Exists() {
		t.Fatalf("%q: At outside gives a value", v.Raw())
	}
}

func compareObject(t *testing.T, v jsondoc.Value, want map[string]any) {
	t.Helper()
	n, names := 0, map[string]jsondoc.Value{}
	for m := v.Members(); m.Next(); n++ {
		if !m.KeyIs(m.Key()) || string(m.AppendKey(nil)) != m.Key() {
			t.Fatalf("%q: key %q is not itself", v.Raw(), m.RawKey())
		}
		names[m.Key()] = m.Value()
	}
	if len(names) != len(want) || v.Len() != n {
		t.Fatalf("%q: %d names, %d members, want %d", v.Raw(), len(names), n, len(want))
	}
	for name, inner := range want {
		compare(t, names[name], inner)
		compare(t, v.Get(name), inner)
	}
}

func unquote(t *testing.T, quoted []byte) string {
	t.Helper()
	var s string
	if err := json.Unmarshal(quoted, &s); err != nil {
		t.Fatalf("%q: %v", quoted, err)
	}
	return s
}

// body makes a webhook body as Rasa writes it, with this many turns of three events each.
func body(turns int) string {
	var b strings.Builder
	b.WriteString(`{"next_action": "action_x", "sender_id": "room-7", "tracker": {"sender_id": "room-7", "slots": ` +
		`{"cuisine": "th\u00e4i", "num_people": 4, "outdoor": null, "paid": true}, "latest_message": {"intent": ` +
		`{"name": "inform", "confidence": 0.9931257367134094}, "entities": [], "text": "a table for four"}, "events": [`)
	for i := range turns {
		if i > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, `{"event": "action", "timestamp": %[1]d.1031728, "metadata": {"model_id": "5f0c6a1d5b0e4b1f9c3a7e2d8b4f6a90"}, `+
			`"name": "action_listen", "policy": null, "confidence": null, "hide_rule_turn": false}, `+
			`{"event": "user", "timestamp": %[1]d.2071831, "text": "how about \"caf\u00e9\" no. %[2]d", "parse_data": {"intent": `+
			`{"name": "inform", "confidence": 0.98123}, "entities": [{"entity": "n", "start": 10, "end": 14, "value": %[2]d}], `+
			`"text_tokens": [[0, 3], [4, 9], [10, 14]], "intent_ranking": [{"name": "inform", "confidence": 0.98123}]}, "input_channel": "rest"}, `+
			`{"event": "slot", "timestamp": %[1]d.3071831, "name": "num_people", "value": %[2]d}`, 1717409101+i, i)
	}
	b.WriteString(`], "paused": false, "active_loop": {}}, "version": "3.6.21", "domain": {}}`)
	return b.String()
}
