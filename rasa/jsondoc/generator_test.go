package jsondoc_test

import (
	"math/rand/v2"
	"strings"
)

// generator writes texts by chance that are JSON, as a rule.
type generator struct {
	rand *rand.Rand
	out  []byte
	big  int // the text ends soon after this many bytes
	bad  int // one in so many scalars is wrong; 0 for none
	gaps int // one in so many gaps has white space in it; 0 for none
}

func (g *generator) chance(n int) bool { return n > 0 && g.rand.IntN(n) == 0 }

func (g *generator) pick(from []string) string { return from[g.rand.IntN(len(from))] }

var (
	goodScalars = []string{
		"0", "-0", "7", "10", "-1", "0.1", "-0.05", "1.5", "12345678901234567890", "1717409101.1031728", "100", "0.0", "20.0",
		"1e5", "1E5", "0e0", "1e+5", "1.25e-05", "-2.5E-01", "1e400", "true", "false", "null", "true", "false", "null",
		"NaN", "Infinity", "-Infinity", "1000000000000000000000000000000000000000000000000000000000000000000000000000",
	}
	badScalars = []string{
		"-", "01", "00", "-01", "1.", ".5", "1..2", "1.2.3", "-.5", "1.-2", "--1", "1-", "1-2", "+1", "1e", "1e+", "1e5.5", "1e5e5", "e5",
		"1 2", "tru", "truee", "nulL", "nul", "falsee", "fals", "null1", "1null", "nullnull", "t", "Nan", "NaNN", "-NaN", "Infinit", "-Inf",
		"0x1", "1a", "1\"a\"", "\"a\"1", "\"a\"\"b\"", "true\"\"", "\\", "\\\"", "\x01", "\x80", "\x00", "\xc3\xa9", "'a'", "", ",", ":", "[}", "{]", "1.e5",
		"0.1.", "0.01.5", "1.5-", "-0.", "-00.5", "0-", "5.0.0", "1\x0b2", "\x7f",
	}
	badStrings  = []string{"\n", "\x00", "\x1f", `\q`, `\x`, `\u12`, `\u12g4`, `\u`, `\ `, "\\\n", "\xff", "\xc3", "\xed\xa0\x80", `\U0041`, `\"`}
	stringParts = []string{
		"a", "some text", " ", "{", "}", "[", "]", ",", ":", ", ", ": ", "12.5", "null", `\"`, `\\`, `\\\\`, `\\\"`, `\/`, `\b`, `\n`, `\t`,
		`\u00e9`, `\ud83d\ude00`, `\uABCD`, `\uabcd`, "é", "日本", "😀", "\x7f", "/", "'", "-", "u", `\u0022`, `\u005c`,
	}
)

func (g *generator) document() []byte {
	g.out = g.out[:0]
	g.big = 1 << (4 + g.rand.IntN(9))
	g.gaps = []int{0, 1, 2, 5, 50}[g.rand.IntN(5)]
	g.bad = 0
	if g.chance(3) {
		g.bad = 1 + g.rand.IntN(200)
	}
	g.gap()
	g.container(1)
	g.gap()
	if g.chance(40) {
		g.out = append(g.out, g.pick(badScalars)...)
	}
	return append([]byte(nil), g.out...)
}

// gap writes white space, or nothing; now and then so much that what comes next is at an edge.
func (g *generator) gap() {
	if !g.chance(g.gaps) {
		return
	}
	if g.chance(30) {
		for n := g.toEdge(); n > 0; n-- {
			g.out = append(g.out, ' ')
		}
		return
	}
	for {
		g.out = append(g.out, " \t\n\r    "[g.rand.IntN(8)])
		if g.chance(2) {
			return
		}
	}
}

// toEdge is how many bytes are missing to the end of a block or chunk, give or take some.
func (g *generator) toEdge() int {
	edge := edges[g.rand.IntN(4)]
	return max(0, edge-len(g.out)%edge+g.rand.IntN(10)-8)
}

func (g *generator) container(depth int) {
	object := g.chance(2)
	brackets := "[]"
	if object {
		brackets = "{}"
	}
	g.out = append(g.out, brackets[0])
	for n := 0; len(g.out) < g.big && !g.chance(6) || depth == 1 && len(g.out) < g.big; n++ {
		if n > 0 {
			g.gap()
			if !g.chance(g.bad * 3) {
				g.out = append(g.out, ',')
			}
		}
		g.gap()
		if object {
			g.str()
			g.gap()
			if !g.chance(g.bad * 3) {
				g.out = append(g.out, ':')
			}
			g.gap()
		}
		g.value(depth)
	}
	g.gap()
	if g.chance(g.bad * 5) {
		brackets = "]}"
	}
	g.out = append(g.out, brackets[1])
}

func (g *generator) value(depth int) {
	switch {
	case g.chance(g.bad):
		g.out = append(g.out, g.pick(badScalars)...)
	case g.chance(4) && depth < 20:
		g.container(depth + 1)
	case g.chance(2):
		g.out = append(g.out, g.pick(goodScalars)...)
	default:
		g.str()
	}
}

func (g *generator) str() {
	g.out = append(g.out, '"')
	for !g.chance(3) {
		switch {
		case g.chance(g.bad * 2):
			g.out = append(g.out, g.pick(badStrings)...)
		case g.chance(6):
			g.out = append(g.out, strings.Repeat("x", g.toEdge())...)
		case g.chance(10):
			g.out = append(g.out, strings.Repeat(`\\`, g.rand.IntN(70))...)
		default:
			g.out = append(g.out, g.pick(stringParts)...)
		}
	}
	g.out = append(g.out, '"')
}

// mutate changes a few bytes, by those that mean something in JSON, takes some away or puts some in.
func (g *generator) mutate(text []byte) []byte {
	const (
		bytes = "{}[]\",:\\/ \n\x00\x1f019.-+eEuntfNI\x80\xffx"
		marks = "{}[]\",:\\.-0"
	)
	for range 1 + g.rand.IntN(3) {
		if len(text) == 0 {
			break
		}
		at, c := g.rand.IntN(len(text)), bytes[g.rand.IntN(len(bytes))]
		switch g.rand.IntN(8) {
		case 0:
			text = append(text[:at], text[at+1:]...)
		case 1:
			text = append(text[:at], append([]byte{c}, text[at:]...)...)
		case 2:
			text = text[:at]
		case 3, 4, 5: // one mark for another
			if near := strings.IndexAny(string(text[at:]), marks); near >= 0 {
				text[at+near] = marks[g.rand.IntN(len(marks))]
			}
		default:
			text[at] = c
		}
	}
	return text
}
