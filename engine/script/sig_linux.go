package script

import (
	"io/fs"
	"syscall"
)

// dontBlock keeps open from waiting for a writer, should a pipe take the place of a file after it was looked at.
const dontBlock = syscall.O_NONBLOCK

func systemSig(info fs.FileInfo) (dev, ino uint64, ctime int64) {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, 0, 0
	}
	return uint64(stat.Dev), stat.Ino, int64(stat.Ctim.Sec)*1e9 + int64(stat.Ctim.Nsec) //nolint:unconvert // narrower on some systems
}
