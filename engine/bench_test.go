package engine_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"testing"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/rasa"
)

// body is a recorded request of the given size, calling the given action.
func body(t testing.TB, size, action string) []byte {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "testdata", "bench", size+".json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Replace(text, []byte(`"action_bench_book"`), []byte(`"`+action+`"`), 1)
}

func benchScripts(t testing.TB) map[string]string {
	t.Helper()
	files := map[string]string{}
	paths, err := filepath.Glob(filepath.Join("..", "testdata", "bench", "scripts", "*.lua"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		files[filepath.Base(path)] = string(text)
	}
	return files
}

// TestBenchAnswers holds the measured scripts to the Python SDK's answers, so that no figure is bought with a wrong one.
func TestBenchAnswers(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join("..", "testdata", "bench", "expected.json"))
	if err != nil {
		t.Fatal(err)
	}
	var expected map[string]map[string]any
	if err := json.Unmarshal(text, &expected); err != nil {
		t.Fatal(err)
	}
	e := serve(t, engine.Options{}, benchScripts(t))
	for action, sizes := range expected {
		for size, want := range sizes {
			call, err := rasa.ParseCall(body(t, size, action))
			if err != nil {
				t.Fatal(err)
			}
			answer, failed := e.Run(t.Context(), call, nil)
			if failed != nil {
				t.Fatalf("%s %s: %v", action, size, failed)
			}
			var got any
			if err := json.Unmarshal(answer.Body, &got); err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(got, want) {
				t.Errorf("%s %s:\ngot  %v\nwant %v", action, size, got, want)
			}
		}
	}
}

// BenchmarkCall is one call without HTTP: parsing the body, running the action, writing the answer.
func BenchmarkCall(b *testing.B) {
	for _, cell := range []struct{ script, size string }{
		{"noop", "2k"}, {"book", "2k"}, {"book", "2k_domain"}, {"book", "30k"}, {"book", "300k"}, {"book", "1m"},
		{"loop", "2k"}, {"loop", "30k"}, {"loop", "300k"}, {"loop", "1m"}, {"deep", "30k"}, {"deep", "1m"},
	} {
		b.Run(cell.script+"/"+cell.size, func(b *testing.B) {
			e := serve(b, engine.Options{}, benchScripts(b))
			text := body(b, cell.size, "action_bench_"+cell.script)
			call := new(rasa.Call)
			dst := make([]byte, 0, 4096)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				if err := call.Reset(text); err != nil {
					b.Fatal(err)
				}
				if _, failed := e.Run(b.Context(), call, dst); failed != nil {
					b.Fatal(failed)
				}
			}
		})
	}
}

// BenchmarkCallsAtOnce is what calls cost beside one another, as in a server: eight callers keep the processors busy.
func BenchmarkCallsAtOnce(b *testing.B) {
	for _, script := range []string{"noop", "book"} {
		b.Run(script+"/2k", func(b *testing.B) {
			e := serve(b, engine.Options{}, benchScripts(b))
			text := body(b, "2k", "action_bench_"+script)
			b.ReportAllocs()
			b.SetParallelism(8 / runtime.GOMAXPROCS(0))
			b.RunParallel(func(pb *testing.PB) {
				call := new(rasa.Call)
				dst := make([]byte, 0, 4096)
				for pb.Next() {
					if err := call.Reset(text); err != nil {
						b.Error(err)
						return
					}
					if _, failed := e.Run(b.Context(), call, dst); failed != nil {
						b.Error(failed)
						return
					}
				}
			})
		})
	}
}
