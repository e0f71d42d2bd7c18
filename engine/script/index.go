package script

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/luaction/luaction/engine/interp/chunk"
)

const slowCompile = time.Second

// version is one content of one file that compiled.
type version struct {
	sum      digest
	chunk    *chunk.Chunk
	warnings []Problem
	text     []byte // of a data file; nil for a script
	parsed   any    // what Options.Read made of it
}

// entry is what is known of one file. Entries never change; a scan that learns something makes a new one.
type entry struct {
	path string
	name string
	kind kind

	read    bool   // sum is known
	sum     digest // of what was read last
	good    *version
	content *Problem // what is wrong with the content that was read last
	access  *Problem // why the present content can't be read
}

func (e *entry) problem() *Problem {
	if e.access != nil {
		return e.access
	}
	return e.content
}

// index is what is known of the whole folder; like its entries, it never changes.
type index struct {
	entries map[string]*entry // by path
	list    *listing          // what the last scan saw; nil if not everything held still
	lost    bool              // the folder itself was missing; also before the first scan
}

// known is for a scan, which need not keep content that was seen before.
func (x *index) known(path string) (digest, bool) {
	e := x.entries[path]
	if e == nil {
		return digest{}, false
	}
	return e.sum, e.read
}

// absent are the paths that the index has and the scan hasn't seen, though it would have. "" stands for the folder itself.
func (x *index) absent(s *scanned) map[string]bool {
	gone := map[string]bool{}
	if s.list.missing.message != "" {
		if !x.lost {
			gone[""] = true
		}
		return gone
	}
	present := make(map[string]bool, len(s.list.files))
	for _, f := range s.list.files {
		present[f.path] = true
	}
	for path := range x.entries {
		if !present[path] && !s.unstable[path] && !s.list.hidden(path) {
			gone[path] = true
		}
	}
	return gone
}

// update makes the next index; only content that is new gets compiled. It returns nil if ctx ended meanwhile.
func (l *Loader) update(ctx context.Context, old *index, s *scanned, gone map[string]bool) *index {
	next := &index{entries: make(map[string]*entry, len(s.list.files)), list: s.list,
		lost: s.list.missing.message != ""}
	for path, e := range old.entries {
		if !gone[path] {
			next.entries[path] = e
		}
	}
	if len(s.unstable) > 0 {
		next.list = nil // so that the next look at the folder differs and leads to a scan
	}
	for i, e := range l.entries(ctx, old, s) {
		if e != nil {
			next.entries[s.list.files[i].path] = e
		}
	}
	if ctx.Err() != nil {
		return nil
	}
	return next
}

// entries makes those of the files that held still, side by side: with many scripts it is most of a server's start.
func (l *Loader) entries(ctx context.Context, old *index, s *scanned) []*entry {
	made := make([]*entry, len(s.list.files))
	var taken atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(made)) {
		workers.Go(func() {
			for i := int(taken.Add(1)) - 1; i < len(made) && ctx.Err() == nil; i = int(taken.Add(1)) - 1 {
				if f := s.list.files[i]; !s.unstable[f.path] {
					made[i] = l.entry(f, old.entries[f.path], s.contents[f.path])
				}
			}
		})
	}
	workers.Wait()
	return made
}

func (l *Loader) entry(f found, old *entry, c content) *entry {
	next := entry{path: f.path, name: f.name, kind: f.kind}
	if old != nil {
		next = *old
	}
	if c.fault.message != "" {
		next.access = &Problem{Script: f.path, Message: c.fault.message, Hint: c.fault.hint, Rule: RuleUnreadable}
		return &next
	}
	next.access = nil
	if next.read && next.sum == c.sum {
		return &next
	}
	next.read, next.sum, next.content = true, c.sum, nil
	if next.good != nil && next.good.sum == c.sum {
		return &next
	}
	if v, problem := l.version(f, c); problem != nil {
		next.content = problem
	} else {
		next.good = v
	}
	return &next
}

// version makes a version of a file's content, or says why there is none.
func (l *Loader) version(f found, c content) (*version, *Problem) {
	switch f.kind {
	case isData:
		return l.readData(f.path, c)
	case isTest:
		return &version{sum: c.sum, text: c.source}, nil
	case isAction, isLib:
	}
	return l.compile(f.path, c)
}

// compile makes a version of a script.
func (l *Loader) compile(path string, c content) (v *version, problem *Problem) {
	// Windows editors write a byte order mark, which is no Lua.
	source := bytes.TrimPrefix(c.source, []byte("\xef\xbb\xbf"))
	if blank(source) {
		return nil, &Problem{Script: path, Message: "this file is empty",
			Hint: "write the script, or delete the file", Rule: RuleEmpty}
	}
	began := time.Now()
	defer func() {
		if r := recover(); r != nil {
			l.opts.Logger.Error("the compiler failed", "script", path, "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
			v, problem = nil, &Problem{Script: path, Message: "this file can't be compiled, by a fault of the server's own",
				Hint: "undo the last change, and report the file as a bug"}
		}
		if took := time.Since(began); took > slowCompile {
			l.opts.Logger.Warn("a script took long to compile", "script", path, "seconds", took.Seconds())
		}
	}()
	compiled, warnings, failure := l.opts.Compile(path, source)
	if failure != nil {
		p := problemOf(path, failure)
		p.Warning = false
		return nil, &p
	}
	if compiled == nil {
		return nil, &Problem{Script: path, Message: "this file can't be compiled, by a fault of the server's own",
			Hint: "undo the last change, and report the file as a bug"}
	}
	v = &version{sum: c.sum, chunk: compiled}
	for i := range warnings {
		p := problemOf(path, &warnings[i])
		p.Warning = true
		v.warnings = append(v.warnings, p)
	}
	return v, nil
}

func problemOf(path string, p *chunk.Problem) Problem {
	return Problem{Script: path, Line: p.Line, Column: p.Column, Message: p.Message, Hint: p.Hint, Rule: cmp.Or(p.Rule, RuleSyntax)}
}
