package check

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/luaapi"
)

// Options say what scripts may use.
type Options struct {
	Modules []luaapi.Module // the API, as engine.Reference declares it
	Dir     string          // the scripts folder, for what only it shows: tests, and the text of files that don't load; "" for none
	Values  []string        // names of the program's own that scripts can use
	Tests   []luaapi.Module // what only tests can say, as double.Reference and the like declare it; nil for the usual
}

// Run finds every problem of every script, sorted by script, line and column. It runs nothing. When ctx ends, it returns what it
// has found so far.
func Run(ctx context.Context, snapshot *script.Snapshot, o Options) []Finding {
	c := newChecker(snapshot, &o)
	defer c.dir.close()
	c.loaded(snapshot)
	c.files(snapshot)
	for _, s := range c.sources {
		if ctx.Err() != nil {
			break
		}
		p := newPass(c.scripts, s)
		p.run()
		c.take(p.findings)
	}
	c.tests(ctx)
	return sorted(c.findings)
}

// Uses lists where scripts name what the assistant has to have, sorted by script, line and column. Tests don't count.
func Uses(ctx context.Context, snapshot *script.Snapshot, o Options) []Use {
	c := newChecker(snapshot, &o)
	defer c.dir.close()
	var all []Use
	for _, s := range c.sources {
		if ctx.Err() != nil {
			break
		}
		p := newPass(c.scripts, s)
		p.run()
		all = append(all, p.uses...)
	}
	slices.SortStableFunc(all, func(a, b Use) int {
		return cmp.Or(cmp.Compare(a.Script, b.Script), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Kind, b.Kind))
	})
	return slices.Compact(all)
}

type checker struct {
	dir       *folder
	sources   []*source
	scripts   *world
	inTests   *world
	findings  []Finding
	forgotten map[string]bool // what a forgotten return explains
}

func newChecker(snapshot *script.Snapshot, o *Options) *checker {
	c := &checker{dir: openFolder(o.Dir), forgotten: map[string]bool{}}
	c.sources = gather(snapshot, c.dir)
	libs := slices.Sorted(maps.Keys(snapshot.Libs))
	for _, s := range c.sources {
		if s.kind == aLib {
			libs = append(libs, luaapi.LibraryName(s.path)) // one that clashes with another, or is served in an older version
		}
	}
	for i := range snapshot.Problems {
		if name := snapshot.Problems[i].Script; kindOf(name) == aLib && strings.HasSuffix(name, ".lua") {
			libs = append(libs, luaapi.LibraryName(name)) // one that is no Lua
		}
	}
	data := slices.Sorted(maps.Keys(snapshot.Data))
	c.scripts = newWorld(o, libs, data, false)
	c.inTests = newWorld(o, libs, data, true)
	c.scripts.share(c.sources)
	c.inTests.shared = c.scripts.shared
	return c
}

// take keeps findings but for those that a forgotten return explains.
func (c *checker) take(findings []Finding) {
	for _, f := range findings {
		if f.Rule == "unused-local" && f.Column > 0 && f.EndColumn-1 <= len(f.Source) && c.forgotten[f.Script+":"+f.Source[f.Column-1:f.EndColumn-1]] {
			continue
		}
		c.findings = append(c.findings, f)
	}
}

// tests looks at the test files.
func (c *checker) tests(ctx context.Context) {
	for _, name := range c.dir.tests() {
		if ctx.Err() != nil {
			return
		}
		text := c.dir.read(name)
		_, warnings, fatal := chunk.Compile(name, text)
		one := &script.Snapshot{}
		for i := range warnings {
			one.Problems = append(one.Problems, problemOf(name, &warnings[i], true))
		}
		if fatal != nil {
			one.Problems = append(one.Problems, problemOf(name, fatal, false))
			c.loaded(one)
			continue
		}
		plain, _ := chunk.Plain(name, text)
		s := testSource(name, plain)
		if s == nil {
			continue
		}
		c.sources = append(c.sources, s)
		p := newPass(c.inTests, s)
		p.run()
		one.Problems = slices.DeleteFunc(one.Problems, p.expectsNil)
		c.loaded(one)
		c.take(p.findings)
	}
}

func problemOf(name string, p *chunk.Problem, warning bool) script.Problem {
	return script.Problem{
		Script: name, Line: p.Line, Column: p.Column, Message: p.Message, Hint: p.Hint, Warning: warning, Rule: cmp.Or(p.Rule, script.RuleSyntax),
	}
}

// sorted orders findings and leaves out what is there twice.
func sorted(all []Finding) []Finding {
	slices.SortStableFunc(all, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Script, b.Script), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(all, func(a, b Finding) bool {
		return a.Script == b.Script && a.Line == b.Line && a.Column == b.Column && a.Rule == b.Rule && (a.Message == b.Message || a.Rule == "unknown-member")
	})
}
