package jsondoc_test

import (
	"os"
	"syscall"
	"testing"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// TestReadsNothingBeyond puts texts right before and right after memory that must not be touched: a byte too far ends the
// test with a fault.
func TestReadsNothingBeyond(t *testing.T) {
	page := os.Getpagesize()
	memory, err := syscall.Mmap(-1, 0, 4*page, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Munmap(memory) })
	for _, at := range []int{0, 3 * page} {
		if err := syscall.Mprotect(memory[at:at+page], syscall.PROT_NONE); err != nil {
			t.Fatal(err)
		}
	}
	texts := append([]string{body(1), body(1)[:1000], body(4)[:2047], body(4)[:2048], body(4)[:2049]}, accepted...)
	for _, c := range refused {
		texts = append(texts, c.text, "["+c.text, "[1"+c.text)
	}
	var d jsondoc.Doc
	for _, text := range texts {
		for _, start := range []int{page, 3*page - len(text)} {
			place := memory[start : start+len(text)]
			copy(place, text)
			for _, m := range jsondoc.Methods() {
				_ = d.ResetBy(m, place)
				if how := d.Differs(m, place); how != "" {
					t.Errorf("%q: %s", shortened(place), how)
				}
			}
		}
	}
}
