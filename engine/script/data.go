package script

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"path"
	"runtime/debug"
	"strings"

	"github.com/luaction/luaction/engine/interp/chunk"
)

// Data is one file beside the scripts that is no script. As long as its content and state stay the same, later snapshots hold
// the same pointer.
type Data struct {
	Path   string // below the scripts folder, with slashes
	Sum    string // sha256 of the held content, in hex; "" if none is held
	Text   []byte // the content without a byte order mark; nobody may change it
	Parsed any    // what Options.Read made of it
	Stale  bool   // an older version is held, because the present file has a problem
	Fault  string // what is wrong with the present file, with its path: "data/hotels.json:3: …"; "" for nothing
}

// Reader looks at a data file when it is loaded, so that what is wrong with it is known before a script needs it. What it
// returns is held in the snapshot beside the text; nil for a file of which there is nothing to say. It may keep text, and must
// not change it. A problem has the line, and keeps the file's last good version in place.
type Reader func(name string, text []byte) (parsed any, problem *chunk.Problem)

// readData makes a version of a data file.
func (l *Loader) readData(name string, c content) (v *version, problem *Problem) {
	v = &version{sum: c.sum, text: bytes.TrimPrefix(c.source, []byte("\xef\xbb\xbf"))}
	if l.opts.Read == nil {
		return v, nil
	}
	defer func() {
		if r := recover(); r != nil {
			l.opts.Logger.Error("reading a data file failed", "file", name, "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
			v, problem = nil, &Problem{Script: name, Message: "this file can't be read, by a fault of the server's own",
				Hint: "undo the last change, and report the file as a bug"}
		}
	}()
	parsed, failure := l.opts.Read(name, v.text)
	if failure != nil {
		p := problemOf(name, failure)
		p.Warning, p.Rule = false, RuleData
		return nil, &p
	}
	v.parsed = parsed
	return v, nil
}

// data puts a data file into the snapshot.
func (d *draft) data(e *entry) {
	next := &Data{Path: e.path}
	if p := e.problem(); p != nil {
		next.Fault, next.Stale = p.Error(), e.good != nil
		// A file that nobody could read so far may be none that scripts want: who asks for it is told.
		if e.content != nil || e.good != nil || strings.EqualFold(path.Ext(e.path), ".json") {
			d.problem(*p)
		}
	}
	if e.good != nil {
		next.Sum, next.Text, next.Parsed = hex.EncodeToString(e.good.sum[:]), e.good.text, e.good.parsed
	}
	if old := d.old.Data[e.path]; old != nil && old.Sum == next.Sum && old.Stale == next.Stale && old.Fault == next.Fault {
		next = old
	}
	d.snapshot.Data[e.path] = next
}

// dataRoom is what is left for data files while they are looked at by path.
type dataRoom struct {
	opts  *Options
	files int
	bytes int64
}

// take has a file that doesn't fit bear the reason. Its size and times are left out then: a large file that grows is no change.
func (r *dataRoom) take(f *found) {
	if f.fault.message != "" {
		return
	}
	switch {
	case f.sig.size > r.opts.MaxDataFile:
		f.fault = fault{"this file is larger than " + size(r.opts.MaxDataFile) + ", the most that a data file may have",
			"split it, or put the data into a database"}
	case r.bytes+f.sig.size > r.opts.MaxData:
		f.fault = fault{"this file and the data files before it by name have more than " + size(r.opts.MaxData) + ", the most that is held",
			"move files that no script reads elsewhere"}
	case r.files >= r.opts.MaxFiles:
		f.fault = fault{fmt.Sprintf("there are more than %d data files, the most that are held", r.opts.MaxFiles),
			"move files that no script reads elsewhere"}
	default:
		r.files++
		r.bytes += f.sig.size
		return
	}
	f.sig = f.sig.identity()
}

// ofEditor tells whether a name is one that editors use for themselves.
func ofEditor(base string) bool {
	return base == "4913" || strings.HasSuffix(base, "~") || strings.HasSuffix(base, ".swp") || strings.HasSuffix(base, ".swx")
}

// leftover tells whether a file is no data though it is no script either: what editors leave, and what programs write to all
// the time. Databases are opened, not read.
func leftover(base string) bool {
	if ofEditor(base) || strings.HasPrefix(base, "#") {
		return true
	}
	for _, end := range []string{".tmp", ".bak", ".log", ".pid", ".lock", ".db", ".db3", ".sqlite", ".sqlite3", "-wal", "-shm", "-journal"} {
		if strings.HasSuffix(strings.ToLower(base), end) {
			return true
		}
	}
	return false
}
