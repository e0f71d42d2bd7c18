package app

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"syscall"
)

// forgetPages takes the pages of the program's own file out of the process: what only the start ran and read, about half of a
// resting server's memory, stays out, and the system brings back the rest from its cache when it is next used. It reports whether
// that could be done.
func forgetPages() bool {
	program, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return false
	}
	maps, err := os.Open("/proc/self/maps")
	if err != nil {
		return false
	}
	defer maps.Close()
	done := false
	for lines := bufio.NewScanner(maps); lines.Scan(); {
		line := lines.Text()
		var from, to uintptr
		var access string
		if _, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &access); err != nil || !strings.HasSuffix(line, program) {
			continue
		}
		if strings.Contains(access, "w") { // what was written is not in the file
			continue
		}
		if _, _, failed := syscall.Syscall(syscall.SYS_MADVISE, from, to-from, syscall.MADV_DONTNEED); failed == 0 {
			done = true
		}
	}
	return done
}
