package scripttest

import (
	"regexp"

	lua "github.com/yuin/gopher-lua"
)

// block is a describe, or the file itself.
type block struct {
	outer         *block // nil for the file
	name          string
	before, after []*lua.LFunction
}

// names are those of the blocks around, outermost first.
func (b *block) names() []string {
	if b.outer == nil {
		return nil
	}
	return append(b.outer.names(), b.name)
}

// beforeEach are the hooks in the order in which they run: the outer ones first.
func (b *block) beforeEach() []*lua.LFunction {
	if b == nil {
		return nil
	}
	return append(b.outer.beforeEach(), b.before...)
}

// afterEach are the hooks in the order in which they run: the inner ones first.
func (b *block) afterEach() []*lua.LFunction {
	var all []*lua.LFunction
	for ; b != nil; b = b.outer {
		all = append(all, b.after...)
	}
	return all
}

// entry is a test as the file declares it.
type entry struct {
	in   *block
	body *lua.LFunction // nil: pending
	Test
}

// wanted leaves out what was not asked for.
func wanted(all []*entry, pattern *regexp.Regexp) []*entry {
	if pattern == nil {
		return all
	}
	var some []*entry
	for _, e := range all {
		if pattern.MatchString(e.FullName()) {
			some = append(some, e)
		}
	}
	return some
}
