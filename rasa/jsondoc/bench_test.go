package jsondoc_test

import (
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// benchBodies are the request bodies that the whole server is measured with.
var benchBodies = []string{"2k", "2k_domain", "30k", "300k", "1m"}

func benchBody(t testing.TB, name string) []byte {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "testdata", "bench", name+".json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestBodiesNeedNoSecondScan checks that every method takes real requests by itself, and that a warm Doc allocates nothing.
func TestBodiesNeedNoSecondScan(t *testing.T) {
	for _, name := range benchBodies {
		text := benchBody(t, name)
		for _, m := range jsondoc.Methods() {
			var d jsondoc.Doc
			if err := d.ResetBy(m, text); err != nil {
				t.Fatalf("%s by %v: %v", name, m, err)
			}
			if how := d.Differs(m, text); how != "" {
				t.Errorf("%s: %s", name, shortened([]byte(how)))
			}
			if n := testing.AllocsPerRun(10, func() { _ = d.ResetBy(m, text) }); n != 0 {
				t.Errorf("%s by %v: a warm Reset allocates %v times", name, m, n)
			}
		}
	}
}

func BenchmarkMethods(b *testing.B) {
	for _, name := range benchBodies {
		text := benchBody(b, name)
		for _, m := range jsondoc.Methods() {
			b.Run(name+"/"+m.String(), func(b *testing.B) {
				var d jsondoc.Doc
				b.SetBytes(int64(len(text)))
				b.ReportAllocs()
				for b.Loop() {
					if err := d.ResetBy(m, text); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
