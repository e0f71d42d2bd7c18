package app

import (
	"io/fs"
	"math"
	"os"
	"path"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/luaction/luaction/engine"
)

// leastMemory is what scripts get however small the container is.
const leastMemory = 32 << 20

// memory returns the heap at which scripts are stopped, in bytes: what was set, or a quarter of what the container may use. It
// tells the garbage collector, too, unless GOMEMLIMIT says something else, so that freed memory doesn't pile up.
func memory(set int64) int64 {
	if set == 0 {
		set = defaultMemory(containerLimit(os.DirFS("/")))
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(set + set/4)
	}
	return set
}

func defaultMemory(container int64) int64 {
	return max(min(container/4, engine.DefaultMemory), leastMemory)
}

// containerLimit is how many bytes the control group of the process may use, math.MaxInt64 if there is no limit. A limit of any
// group above counts as well.
func containerLimit(root fs.FS) int64 {
	limit := int64(math.MaxInt64)
	groups, err := fs.ReadFile(root, "proc/self/cgroup")
	if err != nil {
		return limit
	}
	for line := range strings.Lines(string(groups)) {
		// "0::/some/group" in version 2, "7:memory:/some/group" in version 1.
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(fields) != 3 {
			continue
		}
		base, file := "sys/fs/cgroup", "memory.max"
		if fields[1] != "" {
			base, file = "sys/fs/cgroup/memory", "memory.limit_in_bytes"
			if !strings.Contains(","+fields[1]+",", ",memory,") {
				continue
			}
		}
		// A container often sees its own group as the root, and the host's name for it.
		for group := path.Clean("/" + fields[2]); ; group = path.Dir(group) {
			limit = min(limit, readLimit(root, path.Join(base, group, file)))
			if group == "/" {
				break
			}
		}
	}
	return limit
}

// readLimit reads one limit; "max", a file that isn't there and version 1's huge number are none.
func readLimit(root fs.FS, name string) int64 {
	text, err := fs.ReadFile(root, name)
	if err != nil {
		return math.MaxInt64
	}
	limit, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64)
	if err != nil || limit <= 0 {
		return math.MaxInt64
	}
	return limit
}
