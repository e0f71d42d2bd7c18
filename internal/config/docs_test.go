package config

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// The examples of the guide are configurations, and each key has a place in it.
func TestGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/configuration.md")
	if err != nil {
		t.Fatal(err)
	}
	around := Surroundings{
		Env:  func(string) (string, bool) { return "5055", true },
		Read: func(string) ([]byte, error) { return []byte("a secret"), nil },
	}
	blocks := regexp.MustCompile("(?s)```yaml\n(.*?)```").FindAllSubmatch(guide, -1)
	if len(blocks) < 8 {
		t.Fatalf("%d examples", len(blocks))
	}
	for _, block := range blocks {
		if _, err := Parse("luaction.yml", block[1], around); err != nil {
			t.Errorf("%s\n%v", block[1], err)
		}
	}
	for key := range flagKeys() {
		if !strings.Contains(string(guide), "`"+key+"`") {
			t.Errorf("the guide lacks %s", key)
		}
	}
}
