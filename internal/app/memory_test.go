package app

import (
	"math"
	"testing"
	"testing/fstest"
)

func TestContainerLimit(t *testing.T) {
	t.Parallel()
	const none = math.MaxInt64
	for name, test := range map[string]struct {
		files map[string]string
		want  int64
	}{
		"no control groups":   {nil, none},
		"version 2":           {map[string]string{"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "536870912\n"}, 512 << 20},
		"version 2, no limit": {map[string]string{"proc/self/cgroup": "0::/\n", "sys/fs/cgroup/memory.max": "max\n"}, none},
		"version 2, group above": {map[string]string{"proc/self/cgroup": "0::/pod/one\n", "sys/fs/cgroup/pod/memory.max": "1073741824\n",
			"sys/fs/cgroup/pod/one/memory.max": "max\n"}, 1 << 30},
		"version 2, outer name": {map[string]string{"proc/self/cgroup": "0::/../../x\n", "sys/fs/cgroup/memory.max": "1000\n"}, 1000},
		"version 1": {map[string]string{"proc/self/cgroup": "12:cpu:/a\n7:memory:/docker/1\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "268435456\n"}, 256 << 20},
		"version 1, no limit": {map[string]string{"proc/self/cgroup": "7:memory:/\n",
			"sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 9223372036854771712},
		"garbage": {map[string]string{"proc/self/cgroup": "x\n0::/\n", "sys/fs/cgroup/memory.max": "-5"}, none},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			root := fstest.MapFS{}
			for file, text := range test.files {
				root[file] = &fstest.MapFile{Data: []byte(text)}
			}
			if got := containerLimit(root); got != test.want {
				t.Fatalf("got %d, want %d", got, test.want)
			}
		})
	}
}

func TestDefaultMemory(t *testing.T) {
	t.Parallel()
	for container, want := range map[int64]int64{
		math.MaxInt64: 512 << 20, 4 << 30: 512 << 20, 1 << 30: 256 << 20, 512 << 20: 128 << 20, 16 << 20: 32 << 20,
	} {
		if got := defaultMemory(container); got != want {
			t.Errorf("of %d: got %d, want %d", container, got, want)
		}
	}
}
