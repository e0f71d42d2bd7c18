//go:build unix

package screen

import (
	"os"

	"golang.org/x/sys/unix"
)

// columns is how wide the terminal is; 0 if it doesn't say.
func columns(terminal *os.File) int {
	size, err := unix.IoctlGetWinsize(int(terminal.Fd()), unix.TIOCGWINSZ)
	if err != nil {
		return 0
	}
	return int(size.Col)
}
