package re

import (
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"

	"github.com/luaction/luaction/luaapi"
)

// Bounds of a pattern. Compiling can't be interrupted, and what a pattern may need while it runs grows with all three.
const (
	maxPattern = 10000 // bytes
	maxSize    = 10000 // instructions
	maxGroups  = 100
	maxClasses = 200 // such as \pL: each takes a tenth of a millisecond to compile, and 5 KB
	maxRanges  = 20  // under (?i), of characters beyond ASCII: each takes milliseconds to compile
)

// program is a pattern in the forms that members run.
type program struct {
	source string
	names  []string // of the groups; the whole match, "", is the first
	size   int      // instructions, about
	weight int      // of one character of a text
	forms  [4]*regexp.Regexp
}

// The forms of a pattern, each made when it is first wanted.
const (
	anywhere = iota
	atStart
	whole
	later // does not begin with the first character
)

// form is the pattern with something around it.
func (p *program) form(a luaapi.Args, which int) *regexp.Regexp {
	if p.forms[which] != nil {
		return p.forms[which]
	}
	around := [...][2]string{anywhere: {}, atStart: {`\A(?:`, `)`}, whole: {`\A(?:`, `)\z`}, later: {`\A(?s:.)(?s:.*?)(`, `)`}}[which]
	re, err := regexp.Compile(around[0] + p.source + around[1])
	if err != nil { // \Q may be open at the end
		re, err = regexp.Compile(around[0] + p.source + `\E` + around[1])
	}
	if err != nil {
		a.Raise("pattern is too large")
	}
	p.forms[which] = re
	return re
}

// program is argument 1 compiled. It raises what is wrong with it.
func (m *module) program(a luaapi.Args) *program {
	source := a.String(1)
	if p := m.cache.get(source); p != nil {
		return p
	}
	if len(source) > maxPattern {
		a.Raise("pattern has %d bytes; it may have at most %d", len(source), maxPattern)
	}
	classes := strings.Count(source, `\p`) + strings.Count(source, `\P`)
	if classes > maxClasses {
		a.Raise(`pattern has more than %d classes such as \pL, the most that it may have`, maxClasses)
	}
	const perByte, perClass = 512, 16 << 10
	a.State.Meter().Need(a.L, a.Name(), perByte*len(source)+perClass*classes)
	a.State.Meter().Step(a.L, 64*len(source))
	if ignoresCase(source) && wideRanges(source) > maxRanges {
		a.Raise("pattern has more than %d ranges of characters beyond ASCII, the most that it may have with (?i)", maxRanges)
	}
	tree, err := syntax.Parse(source, syntax.Perl)
	if err != nil {
		a.Raise("%s", fault(source, err))
	}
	p := &program{source: strings.Clone(source), names: tree.CapNames(), size: size(tree)}
	p.weight = p.size * (2 + len(p.names)/4)
	switch groups := len(p.names) - 1; {
	case p.size > maxSize:
		a.Raise("pattern is too large: with its repetitions written out it has more than %d parts", maxSize)
	case groups > maxGroups:
		a.Raise("pattern has %d groups; it may have at most %d; (?:…) is no group", groups, maxGroups)
	}
	for i, name := range p.names {
		switch {
		case name == fieldStart || name == fieldStop:
			a.Raise("a group can't be called '%s': m.%s is where the match is; use another name", name, name)
		case name != "" && slices.Contains(p.names[:i], name):
			a.Raise("two groups are called %s; give each a name of its own", quoted(name))
		}
	}
	m.cache.put(source, p, memory(tree))
	return p
}

// ignoresCase says whether (?i) or the like is in the pattern.
func ignoresCase(source string) bool {
	for {
		_, rest, found := strings.Cut(source, "(?")
		if !found {
			return false
		}
		behind := strings.TrimLeft(rest, "imsU-")
		if strings.Contains(rest[:len(rest)-len(behind)], "i") {
			return true
		}
		source = rest
	}
}

// wideRanges counts the ranges to characters beyond ASCII, about.
func wideRanges(source string) (n int) {
	for rest := source; ; n++ {
		i := strings.IndexByte(rest, '-')
		if i < 0 {
			return n
		}
		rest = rest[i+1:]
		if rest != "" && rest[0] != '\\' && rest[0] < 0x80 {
			n--
		}
	}
}

const largest = 1 << 30 // size stops counting there

// size is about how many instructions the pattern has, repetitions written out.
func size(re *syntax.Regexp) int {
	n := 0
	for _, sub := range re.Sub {
		n = min(n+size(sub), largest)
	}
	switch re.Op {
	case syntax.OpConcat:
		return n
	case syntax.OpLiteral:
		return len(re.Rune)
	case syntax.OpAlternate:
		return n + len(re.Sub) - 1
	case syntax.OpCapture, syntax.OpStar:
		return n + 2
	case syntax.OpRepeat:
		return min((n+1)*max(re.Min+1, re.Max), largest)
	}
	return n + 1
}

// memory is about how many bytes the pattern takes in all its forms.
func memory(re *syntax.Regexp) int {
	n := 0
	for _, sub := range re.Sub {
		n += memory(sub)
	}
	const perPart, perRune, forms = 200, 8, 4
	n += perPart + perRune*len(re.Rune)
	if re.Op == syntax.OpRepeat {
		n += perPart * size(re)
	}
	return forms * n
}

// Bounds of the patterns that a state keeps. A script has few; when they are full, they are made at run time, and kept anew.
const (
	cacheEntries = 128
	cacheBytes   = 1 << 20
)

type cache struct {
	programs map[string]*program
	bytes    int
}

func (c *cache) get(source string) *program { return c.programs[source] }

func (c *cache) put(source string, p *program, bytes int) {
	if bytes += len(source); bytes > cacheBytes/4 {
		return
	}
	if len(c.programs) >= cacheEntries || c.bytes+bytes > cacheBytes || c.programs == nil {
		c.programs, c.bytes = map[string]*program{}, 0
	}
	c.programs[p.source] = p
	c.bytes += bytes
}
