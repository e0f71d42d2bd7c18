package suite_test

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// generator writes random programs. Whatever they do is bounded, and their numbers stay small enough to print alike with and
// without luaction's whole numbers. Variables are kept by type, so that most expressions mean something.
type generator struct {
	*rand.Rand
	b       strings.Builder
	serial  int
	depth   int // blocks around the place
	loops   int // of these, loops
	budget  int // statements still to write
	vararg  bool
	inFn    bool
	scope   map[string][]string // names in scope by type: n(umber), s(tring), t(able of numbers), f(unction of a number)
	fixed   map[string]bool     // not to be assigned: what bounds a loop
	indents string
}

func newGenerator(seed uint64) *generator {
	return &generator{Rand: rand.New(rand.NewPCG(seed, 51)), scope: map[string][]string{}, fixed: map[string]bool{}}
}

func (g *generator) one(of ...string) string { return of[g.IntN(len(of))] }

func (g *generator) name(kind string) string {
	g.serial++
	return kind + strconv.Itoa(g.serial)
}

// variable returns a name in scope, "" if there is none.
func (g *generator) variable(kind string) string {
	names := g.scope[kind]
	if len(names) == 0 {
		return ""
	}
	// Younger ones are likelier: they are what loops and closures are about.
	if g.IntN(2) == 0 {
		names = names[len(names)/2:]
	}
	return names[g.IntN(len(names))]
}

func (g *generator) assignable(kind string) string {
	for range 4 {
		if v := g.variable(kind); v != "" && !g.fixed[v] {
			return v
		}
	}
	return ""
}

// num is an expression that gives a finite number.
func (g *generator) num(depth int) string {
	if depth <= 0 || g.IntN(5) == 0 {
		if v := g.variable("n"); v != "" && g.IntN(3) > 0 {
			return v
		}
		return g.one("0", "1", "2", "3", "7", "10", "99", "0.5", "1.25", "2.75", "0x1F", "1e2", ".5", "3.", "5e-1")
	}
	n := func() string { return g.num(depth - 1) }
	switch g.IntN(25) {
	case 0, 1:
		return "(" + n() + " + " + n() + ")"
	case 2, 3:
		return "(" + n() + " - " + n() + ")"
	case 4:
		return "(" + n() + " * " + n() + ") % 1009"
	case 5:
		return "(" + n() + " / (" + n() + " % 7 + 1) + 0)" // + 0: the sign of zero is an accident
	case 6:
		return "(" + n() + ") % (" + n() + " % 5 - 6)"
	case 7:
		return "(-(" + n() + ") + 0)"
	case 8:
		return "#(" + g.str(depth-1) + ")"
	case 9:
		return "#" + g.tab()
	case 10:
		return "(" + n() + " % 32) ^ " + g.one("2", "0.5", "0", "1")
	case 11:
		return "(math." + g.one("floor", "abs", "ceil") + "(" + n() + ") + 0)"
	case 12:
		return "math." + g.one("max", "min") + "(" + n() + ", " + n() + ", " + n() + ")"
	case 13, 14:
		return "(" + g.boolean(depth-1) + " and " + n() + " or " + n() + ")"
	case 15:
		return "(tonumber(" + g.str(depth-1) + ") or " + n() + ") % 1000"
	case 16:
		return "(string.byte(" + g.str(depth-1) + ", " + g.integer(-3, 5) + ") or -1)"
	case 17, 18:
		return "(" + g.tab() + "[" + g.integer(-1, 6) + "] or " + n() + ")"
	case 19, 20:
		if f := g.variable("f"); f != "" && g.loops < 2 {
			return "(" + f + "(" + n() + ") or -1) % 997"
		}
		return `("` + g.one("12", " 3 ", "0x10", "1e1", "-4") + `" + ` + n() + ")"
	case 21:
		if g.vararg {
			return g.one(`select("#", ...)`, "(tonumber((...)) or 3)", "#{...} % 100", `(select(2, "a", 4, ...) or 2) % 100`)
		}
		return "select(" + g.one("1", "2", "-1", "-2") + ", " + n() + ", " + n() + ")"
	case 22:
		return "(function(a, b) return b or a end)(" + n() + ")"
	case 23:
		return "(math.fmod(" + n() + ", " + g.one("3", "7", "-4", "2.5") + ") + 0)"
	default:
		return "select(" + g.one("'#'", "2", "3") + ", string.find(" + g.str(depth-1) + ", " + g.one("'a'", "'b?'", "'.'", "''") + ")) or " + n()
	}
}

func (g *generator) integer(from, to int) string { return strconv.Itoa(from + g.IntN(to-from+1)) }

// tab is a table of numbers.
func (g *generator) tab() string {
	if v := g.variable("t"); v != "" && g.IntN(5) > 0 {
		return v
	}
	return "({" + g.numbers(g.IntN(5)) + "})"
}

func (g *generator) numbers(n int) string {
	list := make([]string, n)
	for i := range list {
		list[i] = g.num(1)
	}
	return strings.Join(list, g.one(", ", ",", "; "))
}

func (g *generator) boolean(depth int) string {
	if depth <= 0 {
		return g.one("true", "false", "nil", g.num(0)+" > "+g.num(0))
	}
	switch g.IntN(7) {
	case 0, 1:
		return "(" + g.num(depth-1) + g.one(" < ", " <= ", " > ", " >= ", " == ", " ~= ") + g.num(depth-1) + ")"
	case 2:
		return "(" + g.str(depth-1) + g.one(" < ", " <= ", " > ", " >= ", " == ", " ~= ") + g.str(depth-1) + ")"
	case 3:
		return "not " + g.boolean(depth-1)
	case 4:
		return "(" + g.boolean(depth-1) + g.one(" and ", " or ") + g.boolean(depth-1) + ")"
	case 5:
		return "(" + g.num(depth-1) + g.one(" == ", " ~= ") + g.str(depth-1) + ")"
	}
	return "(" + g.one(g.str(0), g.num(0), "nil") + " == " + g.one(g.str(0), g.num(0), "nil", "false") + ")"
}

// str is an expression that gives a text.
func (g *generator) str(depth int) string {
	if depth <= 0 || g.IntN(5) == 0 {
		if v := g.variable("s"); v != "" && g.IntN(2) > 0 {
			return v
		}
		return g.one(`"a"`, `"ab"`, `'b1'`, `"x y"`, `""`, `"aab-b.a"`, `"12"`, `"3.5"`, `"\97\98\10"`, `[[a]b]]`, `"%d"`, `"A_b C"`, `"(a)(b)"`)
	}
	s := func() string { return g.str(depth - 1) }
	switch g.IntN(16) {
	case 0, 1, 2:
		return "(" + s() + " .. " + s() + ")"
	case 3, 4:
		return "(" + g.num(depth-1) + " .. " + g.one(s(), g.num(depth-1)) + ")"
	case 5:
		return "string.rep(" + s() + ", " + g.integer(-1, 3) + ")"
	case 6:
		return "string.sub(" + s() + ", " + g.integer(-4, 4) + g.one("", ", "+g.integer(-4, 6)) + ")"
	case 7:
		return "(" + s() + "):" + g.one("upper", "lower", "reverse") + "()"
	case 8, 9:
		return g.format()
	case 10:
		return "tostring(" + g.one(g.num(depth-1), g.boolean(depth-1), "nil") + ")"
	case 11:
		return "table.concat(" + g.tab() + ", " + s() + ")"
	case 12, 13:
		return g.gsub(s())
	case 14:
		return "string.char(" + g.integer(1, 255) + ", " + g.integer(32, 126) + ")"
	}
	return "(string.match(" + s() + ", " + g.one("'%a+'", "'(%d+)'", "'^.'", "'.-$'") + ") or " + s() + ")"
}

func (g *generator) gsub(subject string) string {
	replacement := g.one(`"<%0>"`, `""`, `"x"`, `{a = "1", b = true, ["1"] = 7}`, `function(c) return c .. "!" end`, `function() end`, `"%%"`)
	limit := g.one("", ", "+g.integer(-1, 3))
	return "(string.gsub(" + subject + ", " + g.one("'a'", "'%w'", "'.'", "''", "'b*'", "'^a'", "'[^a-c]'", "'%f[%w]'", "'.$'") + ", " + replacement + limit + "))"
}

func (g *generator) format() string {
	flags := g.one("", "", "-", "+", " ", "0", "#", "-+")
	width := g.one("", "", "5", "12", "1")
	precision := g.one("", "", ".0", ".2", ".5")
	number := g.num(1)
	switch verb := g.one("d", "i", "x", "X", "o", "u", "c", "e", "E", "f", "g", "G", "s", "q"); verb {
	case "d", "i":
		return fmt.Sprintf("string.format('[%%%s%s%s%s]', math.floor(%s))", strings.Trim(flags, "#"), width, precision, verb, number)
	case "x", "X", "o", "u":
		return fmt.Sprintf("string.format('[%%%s%s%s%s]', math.floor(math.abs(%s)))", strings.Trim(flags, "+ "), width, precision, verb, number)
	case "c":
		return fmt.Sprintf("string.format('[%%%s%sc]', %s)", strings.Trim(flags, "+ 0#"), width, g.integer(1, 255))
	case "s":
		return fmt.Sprintf("string.format('[%%%s%s%ss]', %s)", strings.Trim(flags, "+ 0#"), width, precision, g.one(g.str(0), number))
	case "q":
		return "string.format('%q', " + g.str(1) + ")"
	default:
		return fmt.Sprintf("string.format('[%%%s%s%s%s]', %s)", flags, width, precision, verb, number)
	}
}

// pattern is a random pattern, often a wrong one.
func (g *generator) pattern() string {
	var b strings.Builder
	if g.IntN(6) == 0 {
		b.WriteByte('^')
	}
	open := 0
	for range 1 + g.IntN(5) {
		switch g.IntN(12) {
		case 0:
			b.WriteByte('(')
			open++
		case 1:
			if open > 0 {
				b.WriteByte(')')
				open--
			}
		case 2:
			b.WriteString(g.one("%b()", "%f[%w]", "%f[^a]", "()", "%1", "%2"))
		case 3:
			b.WriteString(g.one("]", "%", "[", "[]", "[^]", "[a", "$", "^", "*"))
		default:
			b.WriteString(g.one("a", "b", "%a", "%d", "%s", "%w", "%p", ".", "[ab]", "[^a]", "[a-c1]", "[%d_]", "%.", "%-", "-", "[]a]", "%D"))
			b.WriteString(g.one("", "", "*", "+", "-", "?"))
		}
	}
	if g.IntN(5) > 0 {
		b.WriteString(strings.Repeat(")", open))
	}
	if g.IntN(6) == 0 {
		b.WriteByte('$')
	}
	return "'" + b.String() + "'"
}
