package check

import (
	"maps"
	"slices"

	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/luaapi"
)

// shape is what a table has that is filled in plain sight: by its constructor and by assignments to names of it, and by nothing else.
type shape struct {
	file  string                    // of a shared file: its path; "" for a table of the script's own
	names []string                  // sorted
	given map[string]bool           // the same
	own   map[string]bool           // what the file sets in any table, which may be this one by another name
	fns   map[string]*tree.Function // functions that are set once
}

// has tells whether the table may have a name.
func (s *shape) has(name string) bool { return s.given[name] || s.own[name] }

// shapeOf is the shape of a local's table, nil if something else may have changed it.
func (p *pass) shapeOf(l *tree.Local) *shape {
	if s, ok := p.shapes[l]; ok {
		return s
	}
	p.shapes[l] = nil
	t, ok := l.Value.(*tree.Table)
	u := p.usageOf(l)
	if !ok || !l.Constant() || u.open || u.dressed || !namedOnly(t) || l.Reads != u.harmless+u.kept+p.returns(l) {
		return nil
	}
	s := &shape{given: map[string]bool{}, own: p.own}
	s.fill(p, t, p.fields[l])
	p.shapes[l] = s
	return s
}

// namedOnly tells whether all parts of a constructor have constant names.
func namedOnly(t *tree.Table) bool {
	for _, f := range t.Fields {
		if _, ok := f.Key.(*tree.String); !ok {
			return false
		}
	}
	return true
}

// returns counts how often the file returns a local.
func (p *pass) returns(l *tree.Local) int {
	n := 0
	for _, r := range p.file.Main.Returns {
		if len(r.Values) == 1 {
			if name, ok := r.Values[0].(*tree.Name); ok && name.Local == l {
				n++
			}
		}
	}
	return n
}

func (s *shape) fill(p *pass, t *tree.Table, set map[string][]tree.Expr) {
	given := map[string][]tree.Expr{}
	for _, f := range t.Fields {
		key := f.Key.(*tree.String).Value
		given[key] = append(given[key], f.Value)
	}
	for name, values := range set {
		given[name] = append(given[name], values...)
	}
	s.fns = map[string]*tree.Function{}
	for name, values := range given {
		s.given[name] = true
		if len(values) == 1 && values[0] != nil {
			if fn := p.function(values[0]); fn != nil {
				s.fns[name] = fn
			}
		}
	}
	s.names = slices.Sorted(maps.Keys(given))
}

// sharedFile is what a file below lib/ returns, as far as that can be seen.
type sharedFile struct {
	shape *shape         // of a table
	fn    *tree.Function // a function
}

// share notes what shared files return. What one of them changes in another is not looked into.
func (w *world) share(sources []*source) {
	w.shared = map[string]sharedFile{}
	seen, changed := map[string]bool{}, map[string]bool{}
	for _, s := range sources {
		if s.kind != aLib {
			continue
		}
		p := newPass(w, s)
		tree.Walk(s.tree.Main, p.survey)
		name := luaapi.LibraryName(s.path)
		changed[name] = changed[name] || seen[name] // two files for one name
		seen[name] = true
		w.shared[name] = p.sharedFile()
		for l := range p.fields {
			if call, ok := l.Value.(*tree.Call); ok && p.isGlobal(call.Fn, "require") && len(call.Args) == 1 {
				if other, ok := p.constant(call.Args[0]); ok {
					changed[other] = true
				}
			}
		}
	}
	for name, is := range changed {
		if is {
			delete(w.shared, name)
		}
	}
}

func (p *pass) sharedFile() sharedFile {
	if len(p.file.Main.Returns) != 1 || len(p.file.Main.Returns[0].Values) != 1 {
		return sharedFile{}
	}
	e := p.file.Main.Returns[0].Values[0]
	if fn := p.function(e); fn != nil {
		return sharedFile{fn: fn}
	}
	var s *shape
	switch e := e.(type) {
	case *tree.Table:
		if namedOnly(e) {
			s = &shape{given: map[string]bool{}, own: p.own}
			s.fill(p, e, nil)
		}
	case *tree.Name:
		if e.Local != nil {
			s = p.shapeOf(e.Local)
		}
	}
	if s != nil {
		s.file = p.script.path
	}
	return sharedFile{shape: s}
}

// requiredType is what require gives.
func (p *pass) requiredType(call *tree.Call) typ {
	if len(call.Args) != 1 {
		return typ{}
	}
	name, ok := p.constant(call.Args[0])
	if !ok {
		return typ{}
	}
	switch file := p.world.shared[name]; {
	case file.shape != nil:
		return typ{kind: isTable, shape: file.shape}
	case file.fn != nil:
		return typ{kind: isFunction, away: file.fn}
	}
	return typ{}
}

// shapeAt is the shape of the table that an expression gives, nil if it isn't known.
func (p *pass) shapeAt(e tree.Expr, t typ) *shape {
	n, ok := tree.Plain(e).(*tree.Name)
	if !ok || n.Local == nil {
		return t.shape
	}
	if t.shape != nil {
		if u := p.usageOf(n.Local); u.open || u.dressed {
			return nil // this script adds to it
		}
		return t.shape
	}
	return p.shapeOf(n.Local)
}
