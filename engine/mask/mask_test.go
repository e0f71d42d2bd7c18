package mask_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/luaction/luaction/engine/mask"
)

func TestText(t *testing.T) {
	t.Parallel()
	m := mask.New("sesame", "sesame-1", "p@ss word", "a\"b\nc", "abc", "")
	for text, want := range map[string]string{
		"": "", "abc": "abc", "open sesame!": "open ***!", "sesame-1": "***", "sesame-12sesamesesame": "***2******", "Sesame": "Sesame", "sesam": "sesam",
		"p@ss word": "***", "https://u:p%40ss%20word@h": "https://u:***@h", "q=p%40ss+word": "q=***", `got "a\"b\nc"`: `got "***"`,
		"a\"b\nc": "***", "\xffsesame\xff": "\xff***\xff",
	} {
		if got := m.Text(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestNoSecrets(t *testing.T) {
	for _, m := range []*mask.Mask{nil, mask.New(), mask.New("", "abc")} {
		body := []byte(`{"a":"abc"}`)
		if m != nil || m.Text("abc") != "abc" || &m.JSON(body, nil)[0] != &body[0] {
			t.Errorf("%v masks", m)
		}
		h := slog.NewTextHandler(&bytes.Buffer{}, nil)
		if mask.Handler(h, m) != slog.Handler(h) {
			t.Error("a handler is wrapped for nothing")
		}
		if n := testing.AllocsPerRun(10, func() { m.JSON(body, nil) }); n != 0 {
			t.Errorf("%v allocations", n)
		}
	}
}

func TestJSON(t *testing.T) {
	t.Parallel()
	m := mask.New("sesame", "slot", "text", "pä\"ss", "null")
	keep := func(under, word string) bool {
		return under == "event" || under == "" && (word == "text" || word == "name")
	}
	for text, want := range map[string]string{
		`{"text":"open sesame"}`:                       `{"text":"open ***"}`,
		`{"text":"text","x":null}`:                     `{"text":"***","x":null}`,
		`{"event":"slot","name":"slot"}`:               `{"event":"slot","name":"***"}`,
		`{"sesame":{"b":["sesame",1,"x"]}}`:            `{"***":{"b":["***",1,"x"]}}`,
		`{"a":"\u0073esame","b":"sesam\u0065"}`:        `{"a":"***","b":"***"}`,
		`{"a":"p\u00e4\"ss","b":"pä\"ss","c":"\n"}`:    `{"a":"***","b":"***","c":"\n"}`,
		`{"a" : "ses\\ame" , "event" : "slot sesame"}`: `{"a" : "ses\\ame" , "event" : "slot sesame"}`,
		`["event","sesame"]`:                           `["event","***"]`,
		`{"event":["slot"]}`:                           `{"event":["***"]}`,
		`"sesame"`:                                     `"***"`,
		`"\"sesame\\"`:                                 `"\"***\\"`,
		`{"a":"\\","sesame":"x"}`:                      `{"a":"\\","***":"x"}`,
	} {
		got := string(m.JSON([]byte(text), keep))
		if got != want || !json.Valid([]byte(got)) {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

func FuzzJSON(f *testing.F) {
	for _, seed := range []string{`{"a":"sesame"}`, `{"sesame":["\u0073esame"]}`, `"\\sesame\""`, `[]`, `{"event":"sesame"}`} {
		f.Add(seed)
	}
	m := mask.New("sesame")
	f.Fuzz(func(t *testing.T, text string) {
		got := m.JSON([]byte(text), func(string, string) bool { return false })
		if !json.Valid([]byte(text)) {
			return // only that it ends
		}
		var value any
		if err := json.Unmarshal(got, &value); err != nil {
			t.Fatalf("%s: %s is no JSON", text, got)
		}
		if plain, _ := json.Marshal(value); bytes.Contains(plain, []byte("sesame")) {
			t.Errorf("%s: %s", text, got)
		}
	})
}

type opaque struct{ Inner string }

func TestHandler(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"text", "json"} {
		var out bytes.Buffer
		next := slog.Handler(slog.NewTextHandler(&out, nil))
		if format == "json" {
			next = slog.NewJSONHandler(&out, nil)
		}
		log := slog.New(mask.Handler(next, mask.New("sesame")))
		log.Debug("sesame is not enabled")
		log.With("a", "sesame").WithGroup("more").Info("open sesame", "b", "x sesame", "sesame", 5, "err", errors.New("no sesame"),
			"list", []string{"sesame"}, "raw", []byte("sesame"), "any", opaque{"sesame"}, slog.Group("g", "c", "sesame"), "d", slog.AnyValue(opaque{"fine"}))
		if text := out.String(); strings.Contains(text, "sesame") || strings.Count(text, "***") < 8 ||
			!strings.Contains(text, "fine") || strings.Contains(text, "enabled") {
			t.Errorf("%s", text)
		}
	}
}

// A secret of digits shows in numbers, too.
func TestHandlerNumbers(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	log := slog.New(mask.Handler(slog.NewJSONHandler(&out, nil), mask.New("471100")))
	log.Info("x", "pin", 471100, "share", 0.5471100, "n", 5)
	if text := out.String(); strings.Contains(text, "471100") || !strings.Contains(text, `"n":5`) {
		t.Errorf("%s", text)
	}
}
