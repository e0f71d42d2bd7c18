package strlib

import (
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/engine/interp/pattern"
)

// substitution is one running gsub.
type substitution struct {
	lib     *Lib
	pattern *pattern.Pattern
	subject string
	made    []byte
	copied  int // how much of the subject is in made
	with    lua.LValue
	text    string // what with is as a string
	plain   bool   // text has no "%"
}

func (l *Lib) gsub(L *lua.LState) int {
	g := substitution{lib: l, subject: text(L, 1, "gsub")}
	source := text(L, 2, "gsub")
	limit := optional(L, 4, "gsub", len(g.subject)+1)
	g.replacement(L)
	g.pattern = l.compile(L, &l.patterns, "string.gsub", source)
	count := g.replaceAll(L, limit)
	if g.copied == 0 && len(g.made) == 0 {
		l.pushSame(L, g.subject)
	} else {
		rest := g.subject[g.copied:]
		g.made = append(l.room(L, "string.gsub", g.made, len(rest)), rest...)
		L.Push(l.made(L, "string.gsub", g.made))
		l.giveBuffer(g.made)
	}
	L.Push(number.Whole(count))
	return 2
}

// replacement reads argument 3.
func (g *substitution) replacement(L *lua.LState) {
	g.with = L.Get(3)
	switch v := g.with.(type) {
	case lua.LString:
		g.text = string(v)
	case *lua.LTable, *lua.LFunction:
		return
	default:
		if v.Type() != lua.LTNumber && number.IntegerOf(v) == nil {
			argError(L, 3, "gsub", "string/function/table expected")
		}
		g.text = text(L, 3, "gsub")
	}
	g.with = nil
	g.plain = strings.IndexByte(g.text, '%') < 0
}

func (g *substitution) replaceAll(L *lua.LState, limit int) int {
	count, at := 0, 0
	for count < limit {
		start, end, ok := g.lib.search(L, g.pattern, g.subject, at)
		if !ok {
			break
		}
		count++
		if g.with != nil {
			g.ask(L, start, end)
		} else if !g.plain || g.subject[start:end] != g.text {
			// What would be replaced by itself stays, so that a text in which nothing changes is returned as it is.
			g.begin(L, start, len(g.text))
			g.expand(L, start, end)
			g.copied = end
		}
		switch {
		case end > start:
			at = end
		case start < len(g.subject):
			at = start + 1
		default:
			return count
		}
		if g.pattern.Anchored() {
			break
		}
	}
	return count
}

// begin copies the subject up to start and makes room for n bytes behind it.
func (g *substitution) begin(L *lua.LState, start, n int) {
	if g.made == nil {
		g.made = g.lib.takeBuffer()
	}
	g.lib.meter.Step(L, (start-g.copied+n)/bytesPerStep)
	g.made = g.lib.room(L, "string.gsub", g.made, start-g.copied+n)
	g.made = append(g.made, g.subject[g.copied:start]...)
}

func (g *substitution) add(L *lua.LState, s string) {
	g.made = append(g.lib.room(L, "string.gsub", g.made, len(s)), s...)
}

// expand appends the replacement string for a match.
func (g *substitution) expand(L *lua.LState, start, end int) {
	if g.plain {
		g.made = append(g.made, g.text...)
		return
	}
	for rest := g.text; rest != ""; {
		i := strings.IndexByte(rest, '%')
		if i < 0 || i+1 == len(rest) {
			g.add(L, rest)
			return
		}
		g.add(L, rest[:i])
		g.reference(L, rest[i+1:i+2], start, end)
		rest = rest[i+2:]
	}
}

// reference appends what "%" and the given byte stand for.
func (g *substitution) reference(L *lua.LState, sign string, start, end int) {
	g.lib.meter.Step(L, 1)
	i := int(sign[0]) - '1'
	switch {
	case i < -1 || i > 8:
		g.add(L, sign)
	case i == -1 || i == 0 && g.pattern.Captures() == 0:
		g.add(L, g.subject[start:end])
	case i >= g.pattern.Captures():
		L.RaiseError("invalid capture index")
	case g.pattern.Unfinished(i):
		L.RaiseError("%s", pattern.ErrUnfinished.Error())
	default:
		from, to := g.lib.matcher.Capture(i)
		if g.lib.matcher.IsPosition(i) {
			g.made = number.Append(g.made, float64(from+1))
			return
		}
		g.add(L, g.subject[from:to])
	}
}

// ask gets the replacement from the table or function. It may run any Lua code, this very function included, so nothing of
// the library's shared state is trusted afterwards.
func (g *substitution) ask(L *lua.LState, start, end int) {
	l := g.lib
	var v lua.LValue
	if table, ok := g.with.(*lua.LTable); ok {
		var key lua.LValue
		if g.pattern.Captures() == 0 {
			key = l.part(L, "string.gsub", g.subject, start, end)
		} else {
			key = l.capture(L, "string.gsub", g.pattern, g.subject, 0)
		}
		v = L.GetTable(table, key)
	} else {
		L.Push(g.with)
		L.Call(l.pushMatch(L, "string.gsub", g.pattern, g.subject, start, end), 1)
		v = L.Get(-1)
		L.Pop(1)
	}
	if lua.LVIsFalse(v) {
		return
	}
	var s string
	switch v := v.(type) {
	case lua.LString:
		s = string(v)
	case lua.LNumber:
		s = number.Format(float64(v))
	default:
		i := number.IntegerOf(v)
		if i == nil {
			L.RaiseError("invalid replacement value (a %s)", v.Type().String())
		}
		s = i.Digits()
	}
	g.begin(L, start, len(s))
	g.made = append(g.made, s...)
	g.copied = end
}
