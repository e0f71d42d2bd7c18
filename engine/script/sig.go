package script

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// sig is what a file system tells about a file without opening it. Two equal signatures make it likely, never certain,
// that the content is the same.
type sig struct {
	dev, ino     uint64
	size         int64
	mtime, ctime int64 // unix nanoseconds; ctime is 0 where the system has none
	mode         fs.FileMode
}

func sigOf(info fs.FileInfo) sig {
	s := sig{size: info.Size(), mtime: info.ModTime().UnixNano(), mode: info.Mode()}
	s.dev, s.ino, s.ctime = systemSig(info)
	return s
}

// identity leaves out everything that changes when a folder's content does.
func (s sig) identity() sig { return sig{dev: s.dev, ino: s.ino, mode: s.mode.Type()} }

// fault is a problem before it is known whose it is; comparable, so that listings can be.
type fault struct{ message, hint string }

// cause is an error's reason alone, in the system's words and without paths.
func cause(err error) string {
	var errno syscall.Errno
	if errors.As(err, &errno) {
		return errno.Error()
	}
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}

func unreadable(what string, err error) fault {
	if errors.Is(err, os.ErrPermission) {
		return fault{what + " can't be read: permission denied",
			"give the user that runs the server permission to read it"}
	}
	return fault{what + " can't be read: " + cause(err), "check the disk or mount it is on"}
}
