package pattern_test

import (
	"testing"

	"github.com/luaction/luaction/engine/interp/pattern"
)

func TestFault(t *testing.T) {
	t.Parallel()
	for source, faulty := range map[string]bool{
		"": false, "a+": false, "%d": false, "(a)%1": false, "[%]]": false, "a%": true, "[a": true, "(": true, "a)": true, "%b": true, "%f": true, "%9": true, "()": false,
	} {
		p, err := pattern.Compile(source, true)
		if err != nil {
			t.Fatal(err)
		}
		if (p.Fault() != nil) != faulty {
			t.Errorf("%q: %v", source, p.Fault())
		}
	}
}
