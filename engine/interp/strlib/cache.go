package strlib

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/pattern"
)

// Bounds of a cache. A script has few patterns and formats, so being full means that they are made at run time: then it
// starts again from nothing.
const (
	cacheEntries = 256
	cacheBytes   = 512 << 10
	cacheKey     = 256
)

// cache remembers what was made from short texts.
type cache[T any] struct {
	entries map[string]T
	bytes   int
}

// put remembers a value that takes size bytes. The key is copied, since it may be a piece of something long.
func (c *cache[T]) put(key string, value T, size int) {
	if len(key) > cacheKey || size > cacheBytes/4 {
		return
	}
	if c.entries == nil || len(c.entries) >= cacheEntries || c.bytes+size > cacheBytes {
		c.entries = make(map[string]T)
		c.bytes = 0
	}
	c.entries[strings.Clone(key)] = value
	c.bytes += size + len(key)
}

// longPattern is from where the memory of compiling a pattern is worth counting.
const longPattern = 4 << 10

// compile returns the compiled pattern from the given cache or makes it. Anchors are for all functions but gmatch.
func (l *Lib) compile(L *lua.LState, c *cache[*pattern.Pattern], function, source string) *pattern.Pattern {
	if p, ok := c.entries[source]; ok {
		return p
	}
	if len(source) > longPattern && len(source) <= pattern.MaxSource {
		l.meter.Grow(L, function, len(source)*64)
	}
	l.meter.Step(L, len(source))
	p, err := pattern.Compile(source, c == &l.patterns)
	if err != nil {
		L.RaiseError("%s", err.Error())
	}
	c.put(source, p, p.Size())
	return p
}

// search runs a pattern and raises its faults.
func (l *Lib) search(L *lua.LState, p *pattern.Pattern, s string, init int) (start, end int, ok bool) {
	l.state = L
	start, end, ok, err := p.Match(&l.matcher, s, init)
	if err != nil {
		L.RaiseError("%s", err.Error())
	}
	return start, end, ok
}
