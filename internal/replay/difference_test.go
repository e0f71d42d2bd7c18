package replay_test

import (
	"strings"
	"testing"

	"github.com/luaction/luaction/internal/replay"
)

func TestCompare(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, want, got, ignore, differences string }{
		{"same", `{"a":[1,"x",null],"b":{}}`, `{"b":{},"a":[1,"x",null]}`, "", ""},
		{"a text", `{"a":"x"}`, `{"a":"y"}`, "", `/a: want "x", got "y"`},
		{"types", `{"a":1}`, `{"a":"1"}`, "", `/a: want 1, got "1"`},
		{"names", `{"a":1,"b":2}`, `{"b":2,"c":3}`, "", "/a: want 1, got nothing; /c: want nothing, got 3"},
		{"an item more", `[1,2,3]`, `[1,9,2,3]`, "", "/1: want nothing, got 9"},
		{"an item less", `[1,2,3]`, `[1,3]`, "", "/1: want 2, got nothing"},
		{"an item changed and one more", `[{"a":1},{"a":2}]`, `[{"a":5},{"a":2},{"a":3}]`, "", `/0/a: want 1, got 5; /2: want nothing, got {"a":3}`},
		{"all items gone", `{"events":[1]}`, `{"events":[]}`, "", "/events/0: want 1, got nothing"},
		{"ignored", `{"events":[{"timestamp":1,"a":1}]}`, `{"events":[{"timestamp":2,"a":1}]}`, "/events/*/timestamp", ""},
		{"ignored and missing", `{"events":[{"timestamp":1}]}`, `{"events":[{}]}`, "/events/*/timestamp", ""},
		{"ignored item", `[1]`, `[1,2]`, "/1", ""},
		{"ignored when counting", `[{"t":1},2]`, `[{"t":5},3,2]`, "/*/t", "/1: want nothing, got 3"},
	} {
		var ignore []string
		if c.ignore != "" {
			ignore = []string{c.ignore}
		}
		list, err := replay.Compare([]byte(c.want), []byte(c.got), ignore)
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for i := range list {
			texts = append(texts, list[i].String())
			if list[i].Added() != strings.Contains(texts[i], "want nothing") || list[i].Removed() != strings.Contains(texts[i], "got nothing") {
				t.Errorf("%s: %+v", c.name, list[i])
			}
		}
		if got := strings.Join(texts, "; "); got != c.differences {
			t.Errorf("%s: %s, want %s", c.name, got, c.differences)
		}
	}
	if _, err := replay.Compare([]byte("{"), []byte("{}"), nil); err == nil {
		t.Error("compared what is no JSON")
	}
}
