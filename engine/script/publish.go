package script

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/luaction/luaction/engine/interp/chunk"
)

// key is what must be unique: an action's name, or a module's.
type key struct {
	kind kind
	name string
}

// served is the one version of a name that a snapshot holds.
type served struct {
	path  string
	sum   string
	stale bool
	chunk *chunk.Chunk
}

// draft gathers a snapshot from an index and from what was served before.
type draft struct {
	old      *Snapshot
	snapshot *Snapshot
}

// publishable makes the snapshot that follows old. Generation and times are set by comparing both.
func (l *Loader) publishable(old *Snapshot, x *index, missing fault, troubles []trouble) *Snapshot {
	d := &draft{old: old, snapshot: &Snapshot{Actions: map[string]*Action{}, Libs: map[string]*Lib{}, Data: map[string]*Data{}, Tests: map[string]*Test{}}}
	byName := map[key][]*entry{}
	for _, path := range slices.Sorted(maps.Keys(x.entries)) {
		e := x.entries[path]
		switch e.kind {
		case isData:
			d.data(e)
			continue
		case isTest:
			d.test(e)
			continue
		case isAction, isLib:
		}
		k := key{e.kind, e.name}
		byName[k] = append(byName[k], e)
	}
	for k, entries := range byName {
		d.name(k, entries)
	}
	for _, t := range troubles {
		at := t.path
		if at == "." {
			at = ""
		}
		d.problem(Problem{Script: at, Message: t.message, Hint: t.hint, Rule: RuleUnreadable})
	}
	d.folder(l.opts.Dir, missing, len(byName))
	d.finish(l)
	return d.snapshot
}

// name decides what one name stands for.
func (d *draft) name(k key, entries []*entry) {
	e := entries[0]
	if len(entries) > 1 {
		d.clash(k, entries)
		d.keep(k)
		return
	}
	if p := e.problem(); p != nil {
		d.problem(*p)
		// The file may have come by moving, so the name's last good version counts before there is one of the file's own.
		if e.good == nil {
			d.keep(k)
			return
		}
	}
	d.put(k, served{e.path, hex.EncodeToString(e.good.sum[:]), e.problem() != nil, e.good.chunk})
	if e.problem() == nil {
		for _, w := range e.good.warnings {
			d.problem(w)
		}
	}
}

func (d *draft) clash(k key, entries []*entry) {
	for i, e := range entries {
		var others []string
		for j, other := range entries {
			if j != i {
				others = append(others, other.path)
			}
		}
		what := "the action " + k.name
		if k.kind == isLib {
			what = "the module " + k.name
		}
		d.problem(Problem{Script: e.path, Message: "there is another file for " + what + ": " + strings.Join(others, ", "),
			Hint: "rename or delete all but one; until then what ran before stays", Rule: RuleNameClash})
	}
}

// keep serves what the name stood for before, if anything.
func (d *draft) keep(k key) {
	if k.kind == isLib {
		if lib := d.old.Libs[k.name]; lib != nil {
			d.put(k, served{lib.Path, lib.Sum, true, lib.Chunk})
		}
		return
	}
	if action := d.old.Actions[k.name]; action != nil {
		d.put(k, served{action.Path, action.Sum, true, action.Chunk})
	}
}

func (d *draft) put(k key, v served) {
	next := &Action{Name: k.name, Path: v.path, Sum: v.sum, Chunk: v.chunk, Stale: v.stale}
	if k.kind == isLib {
		lib := (*Lib)(next)
		if old := d.old.Libs[k.name]; old != nil && *old == *lib {
			lib = old
		}
		d.snapshot.Libs[k.name] = lib
		return
	}
	if old := d.old.Actions[k.name]; old != nil && *old == *next {
		next = old
	}
	d.snapshot.Actions[k.name] = next
}

func (d *draft) problem(p Problem) { d.snapshot.Problems = append(d.snapshot.Problems, p) }

// folder says plainly why nothing is served, or why what is served may be old.
func (d *draft) folder(dir string, missing fault, names int) {
	serving := len(d.snapshot.Actions)
	switch {
	case missing.message != "" && serving > 0:
		d.problem(Problem{Message: missing.message + ", and the actions that were loaded before stay", Hint: missing.hint, Rule: RuleFolder})
	case missing.message != "":
		d.problem(Problem{Message: missing.message + ", so no action is served", Hint: missing.hint, Rule: RuleFolder})
	case serving > 0:
	case d.snapshot.Errors() > 0:
		d.problem(Problem{Message: "no action is served, because no script in " + dir + " could be loaded",
			Hint: "solve the problems of the scripts; they are loaded as soon as they are saved", Rule: RuleFolder})
	default:
		text := "the scripts folder " + dir + " is empty, so no action is served"
		if names > 0 {
			text = "the scripts folder " + dir + " has modules and no action"
		}
		d.problem(Problem{Message: text, Hint: "put a script such as action_hello.lua there", Warning: true, Rule: RuleFolder})
	}
}

// finish orders the problems, dates them by the old snapshot's, and numbers the snapshot.
func (d *draft) finish(l *Loader) {
	s := d.snapshot
	now := l.opts.Now()
	since := map[string]Problem{}
	for _, p := range d.old.Problems {
		since[sameProblem(&p)] = p
	}
	for i := range s.Problems {
		p := &s.Problems[i]
		p.Since = now
		if before, ok := since[sameProblem(p)]; ok {
			p.Since = before.Since
		}
	}
	slices.SortStableFunc(s.Problems, compareProblems)
	s.Hash = hashOf(s)
	s.LoadedAt = now
	s.Generation = d.old.Generation
	if d.old.Generation == 0 || s.Hash != d.old.Hash {
		s.Generation++
	}
	s.name()
}

// sameProblem is equal for problems that count as one though their text may differ: a script's error stays one error while
// its author tries; warnings are told apart by what they say.
func sameProblem(p *Problem) string {
	if p.Warning || p.Script == "" {
		return fmt.Sprintf("%s:%d:%t:%s", p.Script, p.Line, p.Warning, p.Message)
	}
	return p.Script
}

func compareProblems(a, b Problem) int {
	if c := strings.Compare(a.Script, b.Script); c != 0 {
		return c
	}
	if a.Line != b.Line {
		return a.Line - b.Line
	}
	if a.Column != b.Column {
		return a.Column - b.Column
	}
	return strings.Compare(a.Message, b.Message)
}

// hashOf covers the paths and contents of what is served. Each path goes in with its length, so that no two sets of files
// can be confused.
func hashOf(s *Snapshot) string {
	sums := make(map[string]string, len(s.Actions)+len(s.Libs)+len(s.Data))
	for _, a := range s.Actions {
		sums[a.Path] = a.Sum
	}
	for _, lib := range s.Libs {
		sums[lib.Path] = lib.Sum
	}
	for _, data := range s.Data {
		if data.Sum != "" {
			sums[data.Path] = data.Sum
		}
	}
	hash := sha256.New()
	for _, path := range slices.Sorted(maps.Keys(sums)) {
		var length [8]byte
		binary.BigEndian.PutUint64(length[:], uint64(len(path)))
		hash.Write(length[:])
		hash.Write([]byte(path))
		hash.Write([]byte(sums[path]))
	}
	return hex.EncodeToString(hash.Sum(nil))[:12]
}
