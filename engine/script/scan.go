package script

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"
)

type digest = [sha256.Size]byte

// content is what reading one file gave. source is nil when the digest is the one already known.
type content struct {
	sum    digest
	source []byte
	fault  fault
}

// scanned is one consistent look at the folder.
type scanned struct {
	list     *listing
	contents map[string]content
	unstable map[string]bool // files that wouldn't hold still; what is known of them stays
}

// peek lists the folder and opens no script.
func peek(opts *Options) *listing {
	root, list := open(opts)
	if root == nil {
		return list
	}
	defer root.Close()
	return walk(root, list.real, opts)
}

// open resolves the folder anew each time, because the link, the folder or the mount under the path may be another by now.
func open(opts *Options) (*os.Root, *listing) {
	real, err := filepath.EvalSymlinks(opts.Dir)
	if err == nil {
		if real, err = filepath.Abs(real); err == nil {
			var root *os.Root
			if root, err = os.OpenRoot(real); err == nil {
				return root, &listing{real: real}
			}
		}
	}
	if errors.Is(err, os.ErrNotExist) {
		return nil, &listing{missing: fault{"there is no scripts folder " + opts.Dir,
			"make the folder, or name another with --scripts"}}
	}
	if info, statErr := os.Stat(opts.Dir); statErr == nil && !info.IsDir() {
		return nil, &listing{missing: fault{opts.Dir + " is a file, not a folder of scripts",
			"name the folder that holds the scripts with --scripts"}}
	}
	return nil, &listing{missing: unreadable("the scripts folder "+opts.Dir, err)}
}

// scan looks until two looks around one reading agree. When that doesn't happen within MaxWait, the scripts that changed
// each time are reported as unstable instead; so are those that were written to within rest. It returns nil if ctx ended, or if not even the folder itself held still.
func scan(ctx context.Context, opts *Options, known func(path string) (digest, bool), rest time.Duration) *scanned {
	deadline := time.Now().Add(opts.MaxWait)
	for {
		result, settled := scanOnce(ctx, opts, known)
		if result != nil && result.restless(known, rest) {
			settled = false
		}
		if settled || ctx.Err() != nil {
			return result
		}
		if time.Now().After(deadline) {
			return result
		}
		if !sleep(ctx, opts.Quiet) {
			return nil
		}
	}
}

func scanOnce(ctx context.Context, opts *Options, known func(string) (digest, bool)) (result *scanned, settled bool) {
	root, list := open(opts)
	if root == nil {
		return &scanned{list: list}, true
	}
	defer root.Close()
	list = walk(root, list.real, opts)
	s := &scanned{list: list, contents: make(map[string]content, len(list.files)), unstable: map[string]bool{}}
	r := &reader{root: root, opts: opts}
	var changed []found
	for _, f := range list.files {
		if ctx.Err() != nil {
			return nil, false
		}
		c, same := r.read(f)
		if sum, ok := known(f.path); !ok || sum != c.sum {
			c.source = bytes.Clone(c.source)
			changed = append(changed, f)
		} else {
			c.source = nil
		}
		s.contents[f.path] = c
		if !same {
			s.unstable[f.path] = true
		}
	}
	// Clocks of file systems tick as slowly as every 10 ms (2 s on FAT), so two writes can leave equal times; only a
	// second reading shows what the first one caught between them.
	for _, f := range changed {
		if c, same := r.read(f); !same || c.sum != s.contents[f.path].sum {
			s.unstable[f.path] = true
		}
	}
	after := walk(root, list.real, opts)
	if list.missing.message == "" && !stillThere(root, list.real, opts) {
		return nil, false
	}
	if !list.equal(after) {
		s.compare(after)
		return s, false
	}
	return s, len(s.unstable) == 0
}

// restless notes the changed scripts that were written to a moment ago: who saves in several parts may not be done.
func (s *scanned) restless(known func(string) (digest, bool), rest time.Duration) bool {
	found := false
	for _, f := range s.list.files {
		age := time.Duration(time.Now().UnixNano() - max(f.sig.mtime, f.sig.ctime))
		if age < 0 || age >= rest {
			continue
		}
		if sum, ok := known(f.path); !ok || sum != s.contents[f.path].sum {
			s.unstable[f.path] = true
			found = true
		}
	}
	return found
}

// compare notes which scripts differ between the listing before reading and the one after.
func (s *scanned) compare(after *listing) {
	later := make(map[string]found, len(after.files))
	for _, f := range after.files {
		later[f.path] = f
	}
	for _, f := range s.list.files {
		if later[f.path] != f {
			s.unstable[f.path] = true
		}
		delete(later, f.path)
	}
	for path := range later {
		s.unstable[path] = true
	}
}

// stillThere tells whether the path still leads to the folder that root holds open.
func stillThere(root *os.Root, real string, opts *Options) bool {
	now, err := filepath.EvalSymlinks(opts.Dir)
	if err != nil {
		return false
	}
	if now, err = filepath.Abs(now); err != nil || now != real {
		return false
	}
	there, err := os.Stat(real)
	if err != nil {
		return false
	}
	held, err := root.Stat(".")
	return err == nil && os.SameFile(there, held)
}

type reader struct {
	root   *os.Root
	opts   *Options
	buffer []byte
}

// read returns a file's content; same is false when the file isn't the one that was listed, or changed while it was
// read. The source is only good until the next read.
func (r *reader) read(f found) (c content, same bool) {
	if f.fault.message != "" {
		return content{fault: f.fault}, true
	}
	if f.kind != isData && f.sig.size > r.opts.MaxFile {
		return content{fault: fault{"this script is larger than " + size(r.opts.MaxFile) + ", the most that is loaded",
			"split it, or move its data into a file of its own (JSON, CSV)"}}, true
	}
	file, err := r.root.OpenFile(filepath.FromSlash(f.path), os.O_RDONLY|dontBlock, 0)
	if err != nil {
		return content{fault: unreadable("this file", err)}, !errors.Is(err, os.ErrNotExist)
	}
	defer file.Close()
	if !unchanged(file, f.sig) {
		return content{}, false
	}
	if int64(cap(r.buffer)) <= f.sig.size {
		r.buffer = make([]byte, max(f.sig.size+1, 16<<10))
	}
	n, err := io.ReadFull(file, r.buffer[:f.sig.size+1])
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return content{fault: unreadable("this file", err)}, true
	}
	source := r.buffer[:n]
	return content{sum: sha256.Sum256(source), source: source}, int64(n) == f.sig.size && unchanged(file, f.sig)
}

func unchanged(file *os.File, before sig) bool {
	info, err := file.Stat()
	return err == nil && sigOf(info) == before
}

// sleep waits, and returns false if ctx ended first.
func sleep(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}
