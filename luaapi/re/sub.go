package re

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
)

func (m *module) sub(a luaapi.Args) int {
	p, s := m.program(a), a.String(3)
	with := func(at []int, b *luaapi.Buffer) { p.call(a, s, at, b) }
	if _, ok := a.Get(2).(*lua.LFunction); !ok {
		pieces := p.pieces(a, a.String(2))
		with = func(at []int, b *luaapi.Buffer) {
			for _, piece := range pieces {
				if piece.group < 0 {
					b.Add(piece.text)
				} else if at[2*piece.group] >= 0 {
					b.Add(s[at[2*piece.group]:at[2*piece.group+1]])
				}
			}
		}
	}
	b := a.NewBuffer(0)
	from := 0
	p.each(a, s, a.Whole(4, 0, math.MaxInt, math.MaxInt), func(at []int) {
		b.Add(s[from:at[0]])
		with(at, b)
		from = at[1]
	})
	if from == 0 && b.Len() == 0 {
		return a.Return(lua.LString(s))
	}
	b.Add(s[from:])
	return a.Return(b.Value())
}

// call adds what the script's function gives for a match.
func (p *program) call(a luaapi.Args, s string, at []int, b *luaapi.Buffer) {
	a.L.Push(a.Get(2))
	a.L.Push(p.match(a, s, at))
	a.L.Call(1, 1)
	result := a.L.Get(-1)
	a.L.Pop(1)
	switch v := result.(type) {
	case lua.LString:
		b.Add(string(v))
	case lua.LNumber:
		b.Add(number.Format(float64(v)))
	default:
		switch n := number.IntegerOf(v); {
		case n != nil:
			b.Add(n.Digits())
		case lua.LVIsFalse(v):
			b.Add(s[at[0]:at[1]])
		default:
			a.Raise("replacement must return a text, but returned %s", luaapi.TypeOf(v))
		}
	}
}

// piece is a part of a replacement: a text, or a group where that is not below 0.
type piece struct {
	text  string
	group int
}

// pieces reads a replacement.
func (p *program) pieces(a luaapi.Args, replacement string) []piece {
	const perPiece = 64 // bytes
	a.State.Meter().Need(a.L, a.Name(), perPiece*strings.Count(replacement, "$"))
	var list []piece
	for replacement != "" {
		a.State.Meter().Step(a.L, 1)
		text, rest, found := strings.Cut(replacement, "$")
		if text != "" {
			list = append(list, piece{text, -1})
		}
		if !found {
			break
		}
		if strings.HasPrefix(rest, "$") {
			list = append(list, piece{"$", -1})
			replacement = rest[1:]
			continue
		}
		name, after := reference(rest)
		if name == "" {
			a.Raise("replacement has a $ with no group behind it; write $1 or ${name} for a group, and $$ for a dollar")
		}
		list = append(list, piece{group: p.group(a, name)})
		replacement = after
	}
	return list
}

// reference cuts the name of a group off what stands behind a dollar, "" if none does.
func reference(rest string) (name, after string) {
	if strings.HasPrefix(rest, "{") {
		if name, after, found := strings.Cut(rest[1:], "}"); found {
			return name, after
		}
		return "", rest
	}
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	return rest[:digits], rest[digits:]
}

// group is the number of a group by its number or name.
func (p *program) group(a luaapi.Args, name string) int {
	for i, known := range p.names {
		if name == strconv.Itoa(i) || name == known {
			return i
		}
	}
	a.Raise("replacement has the group %s, but the pattern has %s", quoted(name), p.groups())
	return 0
}

// groups says which groups there are.
func (p *program) groups() string {
	var names []string
	for _, name := range p.names[1:] {
		if name != "" {
			names = append(names, name)
		}
	}
	say := "none"
	switch n := len(p.names) - 1; {
	case n == 1:
		say = "one"
	case n > 1:
		say = strconv.Itoa(n)
	}
	if len(names) > 0 {
		say += " (" + strings.Join(names, ", ") + ")"
	}
	return say
}

func escape(a luaapi.Args) int {
	const atOnce = 64 << 10 // bytes
	s := a.String(1)
	b := a.NewBuffer(len(s))
	for s != "" {
		n := min(len(s), atOnce)
		b.Add(regexp.QuoteMeta(s[:n]))
		s = s[n:]
	}
	return a.Return(b.Value())
}
