//go:build unix

package hostile

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// How calm is looked for: as long as the neighbours wait.
const (
	calmWithin = 5 * time.Second
	calmLook   = 100 * time.Millisecond
	calmTicks  = 2 // of a hundredth of a second each; a server at rest uses none
)

// peak is the most memory in bytes that the process took since the last forgetPeak; -1 where that can't be known.
func (s *server) peak() int64 {
	data, err := os.ReadFile(s.proc("status"))
	if err != nil {
		return -1
	}
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kib, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			if err == nil {
				return kib << 10
			}
		}
	}
	return -1
}

func (s *server) forgetPeak() { _ = os.WriteFile(s.proc("clear_refs"), []byte("5"), 0) }

func (s *server) proc(file string) string {
	return fmt.Sprintf("/proc/%d/%s", s.cmd.Process.Pid, file)
}

// ticks is the processor time that the process has used, in hundredths of a second; false where that can't be known.
func (s *server) ticks() (int64, bool) {
	data, err := os.ReadFile(s.proc("stat"))
	if err != nil {
		return 0, false
	}
	// The name in brackets may hold anything; utime and stime are the twelfth and thirteenth field after it.
	fields := strings.Fields(string(data[bytes.LastIndexByte(data, ')')+1:]))
	if len(fields) < 13 {
		return 0, false
	}
	user, err1 := strconv.ParseInt(fields[11], 10, 64)
	system, err2 := strconv.ParseInt(fields[12], 10, 64)
	return user + system, err1 == nil && err2 == nil
}

// calm waits until the process uses no processor time any more, and returns how long that took; false if it never did. Nobody
// may be calling.
func (s *server) calm() (time.Duration, bool) {
	began := time.Now()
	for time.Since(began) < calmWithin {
		before, known := s.ticks()
		if !known {
			return -1, true
		}
		quiet := time.Since(began)
		time.Sleep(calmLook)
		if after, _ := s.ticks(); after-before <= calmTicks {
			return quiet, true
		}
	}
	return calmWithin, false
}
