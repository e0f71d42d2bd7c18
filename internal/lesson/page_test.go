package lesson_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/lesson"
)

var update = flag.Bool("update", false, "write docs/mistakes.md anew")

// TestPage keeps docs/mistakes.md in step with the catalog.
func TestPage(t *testing.T) {
	t.Parallel()
	const page = "../../docs/mistakes.md"
	want := lesson.Page()
	if *update {
		if err := os.WriteFile(page, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("%s isn't what the catalog says; run make docs", page)
	}
	if !strings.Contains(want, "### LA032 ") {
		t.Error("the page has no lessons")
	}
}
