package config_test

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/internal/config"
)

func TestRecords(t *testing.T) {
	t.Parallel()
	scripts := t.TempDir()
	for _, c := range []struct {
		name    string
		records config.Records
		want    string // a part of the error, "" for none
	}{
		{"off", config.Records{}, ""},
		{"on", config.Records{Record: t.TempDir(), RecordLimit: 1, RecordSize: 1 << 20, RecordRedact: []string{"a", "b.*"}}, ""},
		{"in the scripts", config.Records{Record: filepath.Join(scripts, "calls"), RecordLimit: 1, RecordSize: 1 << 20}, "--record: "},
		{"the scripts", config.Records{Record: scripts, RecordLimit: 1, RecordSize: 1 << 20}, "name another folder"},
		{"beside the scripts", config.Records{Record: scripts + "-calls", RecordLimit: 1, RecordSize: 1 << 20}, ""},
		{"no calls", config.Records{Record: t.TempDir(), RecordSize: 1 << 20}, "--record-limit: must be 1 or more"},
		{"no room", config.Records{Record: t.TempDir(), RecordLimit: 1, RecordSize: 5}, "--record-size: must be at least 1MiB"},
		{"a broken path", config.Records{RecordRedact: []string{"a..b"}}, `--record-redact: "a..b": a name is missing`},
		{"a place", config.Records{RecordRedact: []string{"a[1]"}}, "leave the [1] out"},
	} {
		s := config.Serve{Scripts: scripts, Timeout: time.Second, MaxCalls: 1, MaxBody: 1, Records: c.records}
		err := s.Check()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.want)
		}
	}
}
