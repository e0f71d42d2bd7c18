//go:build !purego

package jsondoc

import (
	"math/bits"
	"strings"
	"testing"
)

// TestOnlyWordsAndExponentsAreOdd counts what the masks leave open, wherever in a word of them it stands. More would only
// take longer, and no other test would tell.
func TestOnlyWordsAndExponentsAreOdd(t *testing.T) {
	for _, how := range Methods()[1:] {
		for pad := range 200 {
			text := `[` + strings.Repeat(" ", pad) + `0, -1,0.5,-0.05,10 ,100.25,-20.0301,[1717409101.1031728],null,` +
				`{"12":"0.1.2-", "-0":0.5e-05}, true,false,-0 ,1e5,"-.", 0.98,{"a": 0}, 900]`
			odd := 0
			work := new(vectors)
			if _, ok := work.document(&scanner{text: []byte(text)}, how); !ok {
				t.Fatal("refused")
			}
			for _, c := range work.chunks[:(len(text)+chunkSize-1)/chunkSize] {
				for _, word := range c.odd {
					odd += bits.OnesCount64(word)
				}
			}
			// Three words, 1e5, and of 0.5e-05 the e, the - and the 5 after a 0.
			if odd != 7 {
				t.Errorf("%v: %d are odd in %q", how, odd, text)
			}
		}
	}
}
