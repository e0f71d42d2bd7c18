package jsondoc_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// agreed parses text with every method of this processor, and fails if they don't agree.
func agreed(t testing.TB, text []byte) (*jsondoc.Doc, error) {
	t.Helper()
	_, want := jsondoc.Parse(text)
	var d *jsondoc.Doc
	for _, m := range jsondoc.Methods() {
		d = new(jsondoc.Doc)
		if err := d.ResetBy(m, text); (err == nil) != (want == nil) || err != nil && err.Error() != want.Error() {
			t.Fatalf("%v: %v, but Parse: %v, for %q", m, err, want, shortened(text))
		}
		if how := new(jsondoc.Doc).Differs(m, text); how != "" {
			t.Fatalf("%s, for %q", shortened([]byte(how)), shortened(text))
		}
	}
	return d, want
}

func shortened(text []byte) []byte {
	if len(text) > 8000 {
		return append(text[:8000:8000], "…"...)
	}
	return text
}

// edges are where the blocks, chunks and batches of the vector scanners end.
var edges = []int{64, 128, 512, 1024, 2048, 4096, 8192, 16384}

// TestEdges moves every text over the edges, between spaces, and between strings that come close to it on both sides.
func TestEdges(t *testing.T) {
	texts := append([]string{}, accepted...)
	for _, c := range refused {
		texts = append(texts, c.text)
	}
	for n := range 4 {
		texts = append(texts, `"\u00e9"`[:3+n]+"g"+`"\u00e9"`[4+n:], `"\u00e9"`[:3+n]+`"`)
	}
	for n := range 9 {
		slashes := strings.Repeat(`\`, n)
		texts = append(texts, `"`+slashes+`"`, `"`+slashes+`u00e9"`, `"`+slashes+`u00"`, `{"`+slashes+`":`+slashes+`}`)
	}
	var d jsondoc.Doc
	for _, text := range texts {
		for _, edge := range edges[:5] {
			for start := max(2, edge-len(text)-2); start <= edge+1; start++ {
				for _, whole := range []string{
					`[` + strings.Repeat(" ", start-1) + text + `]`,
					`["` + strings.Repeat("x", max(0, start-4)) + `",` + text + `,"x"]`,
					`{"` + strings.Repeat("x", max(0, start-4)) + `":` + text + `,"x":0}`,
					`{"` + strings.Repeat("x", max(0, start-3)) + `"` + text + `}`,
				} {
					for _, m := range jsondoc.Methods() {
						if how := d.Differs(m, []byte(whole)); how != "" {
							t.Fatalf("%q at %d: %s", text, start, how)
						}
					}
				}
			}
		}
	}
}

// TestCutShortAnywhere takes every beginning of a body.
func TestCutShortAnywhere(t *testing.T) {
	text := []byte(body(2))
	var d jsondoc.Doc
	for n := range len(text) + 1 {
		for _, m := range jsondoc.Methods() {
			if how := d.Differs(m, text[:n:n]); how != "" {
				t.Fatalf("the first %d bytes: %s", n, how)
			}
		}
	}
}

// TestMethodsAgree makes texts by chance, valid ones and nearly valid ones. Always the same.
func TestMethodsAgree(t *testing.T) {
	rounds := 4000
	if testing.Short() {
		rounds = 400
	}
	valid := fuzzMethods(t, 1, rounds)
	if valid < rounds/10 || valid > rounds*9/10 {
		t.Errorf("%d of %d texts were valid", valid, rounds)
	}
}

func fuzzMethods(t *testing.T, seed uint64, rounds int) (valid int) {
	g := generator{rand: rand.New(rand.NewPCG(seed, 2))}
	var d jsondoc.Doc
	bodies := [][]byte{[]byte(body(1)), []byte(body(3)), []byte(body(9)), benchBody(t, "2k"), benchBody(t, "2k_domain")}
	for range rounds {
		text := g.document()
		if g.chance(4) {
			text = bytes.Clone(bodies[g.rand.IntN(len(bodies))])
		}
		if g.chance(2) {
			text = g.mutate(text)
		}
		for _, m := range jsondoc.Methods() {
			if how := d.Differs(m, text); how != "" {
				t.Fatalf("%s, for %q", shortened([]byte(how)), shortened(text))
			}
		}
		if d.ResetBy(0, text) == nil {
			valid++
		}
	}
	return valid
}

// FuzzMethods puts a text at some offset into a longer one.
func FuzzMethods(f *testing.F) {
	for i, text := range accepted {
		f.Add([]byte(text), uint16(i*61))
	}
	for i, c := range refused {
		f.Add([]byte(c.text), uint16(i*63))
	}
	f.Add([]byte(body(2)), uint16(500))
	var d jsondoc.Doc
	f.Fuzz(func(t *testing.T, text []byte, offset uint16) {
		if len(text) > 20_000 {
			return
		}
		pad := int(offset % 4096)
		for _, whole := range []string{
			strings.Repeat(" ", pad) + string(text),
			`[` + strings.Repeat(" ", pad) + string(text) + `]`,
			`["` + strings.Repeat("x", pad) + `",` + string(text) + `,{"a":[]}]`,
			`{"` + strings.Repeat("x", pad) + `":` + string(text) + `}`,
			`{"a": {` + string(text) + strings.Repeat(" ", pad) + `}}`,
			`["` + strings.Repeat("x", pad) + string(text) + `"]`,
		} {
			for _, m := range jsondoc.Methods() {
				if how := d.Differs(m, []byte(whole)); how != "" {
					t.Fatalf("%s, for %q", how, whole)
				}
			}
		}
	})
}
