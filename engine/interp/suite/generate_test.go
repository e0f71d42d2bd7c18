package suite_test

import "strings"

// A goto is written in two dialects: one for us, and one without goto for Lua 5.1. They stand between marks.
const (
	dialect = "\x01" // ours
	instead = "\x02" // Lua 5.1's
	decided = "\x03"
)

// inDialect takes one of the two.
func inDialect(program string, ours bool) string {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(program, dialect)
		b.WriteString(before)
		if !found {
			return b.String()
		}
		a, rest, _ := strings.Cut(rest, instead)
		z, rest, _ := strings.Cut(rest, decided)
		if ours {
			b.WriteString(a)
		} else {
			b.WriteString(z)
		}
		program = rest
	}
}

// generate returns the program of a seed.
func generate(seed uint64) string {
	g := newGenerator(seed)
	g.budget = 40 + g.IntN(40)
	for g.budget > 0 {
		g.statement()
	}
	for _, kind := range []string{"n", "s", "t"} {
		if names := g.scope[kind]; len(names) > 0 {
			g.line("out(" + strings.Join(names[:min(len(names), 20)], ", ") + ")")
		}
	}
	return g.b.String()
}

func (g *generator) line(text string) { g.b.WriteString(g.indents + text + "\n") }

// block writes statements in a scope of their own.
func (g *generator) block(body func()) {
	before := map[string]int{}
	for kind, names := range g.scope {
		before[kind] = len(names)
	}
	g.depth++
	indents := g.indents
	g.indents += "  "
	body()
	g.indents = indents
	g.depth--
	for kind, names := range g.scope {
		g.scope[kind] = names[:before[kind]]
	}
}

// some writes a few statements.
func (g *generator) some() {
	for range 1 + g.IntN(4) {
		g.statement()
	}
}

// declare brings a name into scope.
func (g *generator) declare(kind, name string) { g.scope[kind] = append(g.scope[kind], name) }

func (g *generator) local(kind, value string) {
	name := g.name(kind)
	if old := g.assignable(kind); old != "" && g.IntN(6) == 0 {
		name = old // shadows it
	}
	g.line("local " + name + " = " + value)
	g.declare(kind, name)
}

func (g *generator) statement() {
	g.budget--
	if g.depth >= 4 || g.budget < 0 {
		g.plain()
		return
	}
	switch g.IntN(22) {
	case 0, 1:
		g.condition()
	case 2:
		g.numberFor()
	case 3:
		g.genericFor()
	case 4:
		g.whileLoop()
	case 5:
		g.repeatLoop()
	case 6, 7:
		g.function()
	case 8:
		g.closures()
	case 9:
		g.protected()
	case 10:
		g.coroutine()
	case 11:
		g.metatable()
	case 12:
		g.continueLoop()
	case 13:
		g.gotoLoop()
	case 14:
		g.patterns()
	default:
		g.plain()
	}
}

// plain writes a statement without blocks.
func (g *generator) plain() {
	n, s, t := g.assignable("n"), g.assignable("s"), g.variable("t")
	switch g.IntN(14) {
	case 0, 1:
		g.local("n", g.num(3))
	case 2:
		g.local("s", "string.sub("+g.str(3)+", 1, 40)")
	case 3:
		g.local("t", "{"+g.numbers(g.IntN(6))+"}")
	case 4, 5:
		if n != "" {
			g.line(n + " = (" + g.num(3) + ") % 100003")
		}
	case 6:
		if s != "" {
			g.line(s + " = string.sub(" + g.str(3) + ", 1, 40)")
		}
	case 7:
		g.multiple()
	case 8:
		if t != "" {
			g.line(g.one(
				"table.insert("+t+", "+g.num(2)+")",
				"table.insert("+t+", 1, "+g.num(2)+")",
				"out(table.remove("+t+"))",
				"out(table.remove("+t+", 1))",
				"table.sort("+t+")",
				"table.sort("+t+", function(a, b) return a > b end)",
				"out(unpack("+t+", 1, 3))",
				"out(#"+t+", table.maxn("+t+"), next("+t+") ~= nil)",
				t+"[#"+t+" + 1] = "+g.num(2),
				t+"["+t+"[1] and 1 or #"+t+" + 1] = "+g.num(2),
			))
		}
	case 9:
		a := g.name("n")
		b := g.name("n")
		g.line("local " + a + ", " + b + " = " + g.one(g.num(2)+", "+g.num(2), "(function(...) return "+g.num(1)+", 2, 3 end)()", "unpack({"+g.num(1)+", 5})"))
		g.declare("n", a)
		g.declare("n", b)
	default:
		g.line("out(" + g.one(g.num(3), g.str(3), g.boolean(3), g.num(2)+", "+g.str(2), "nil, "+g.boolean(2), "select(2, "+g.num(1)+", "+g.str(1)+", nil)") + ")")
	}
}

// multiple writes an assignment of several values.
func (g *generator) multiple() {
	a, b, t := g.assignable("n"), g.assignable("n"), g.variable("t")
	if a == "" || b == "" || a == b {
		return
	}
	lines := []string{
		a + ", " + b + " = " + b + ", " + a,
		a + ", " + b + " = (" + g.num(2) + ") % 997, (" + g.num(2) + ") % 997",
		a + ", " + b + " = (" + g.num(1) + ") % 997, (" + b + " + " + a + ") % 997, " + g.num(1),
	}
	if t != "" {
		lines = append(lines,
			"do local i = 1 i, "+t+"[i] = i + 1, "+g.num(1)+" out(i, "+t+"[1]) end",
			"if #"+t+" > 1 then "+t+"[1], "+t+"[2] = "+t+"[2], "+t+"[1] end",
			t+"[1], "+a+" = "+a+", ("+t+"[1] or 1) % 991")
	}
	g.line(g.one(lines...))
}

func (g *generator) condition() {
	g.line("if " + g.boolean(3) + " then")
	g.block(g.some)
	if g.IntN(2) == 0 {
		g.line("elseif " + g.boolean(2) + " then")
		g.block(g.some)
	}
	if g.IntN(2) == 0 {
		g.line("else")
		g.block(g.some)
	}
	g.line("end")
}
