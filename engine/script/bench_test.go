package script

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkPeek is the cost of one poll of 500 scripts.
func BenchmarkPeek(b *testing.B) {
	opts := Options{Dir: b.TempDir()}.withDefaults()
	for i := range 500 {
		if err := os.WriteFile(filepath.Join(opts.Dir, fmt.Sprintf("a%d.lua", i)), make([]byte, 3000), 0o644); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if n := len(peek(&opts).files); n != 500 {
			b.Fatal(n)
		}
	}
}
