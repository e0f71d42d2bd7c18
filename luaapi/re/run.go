package re

import (
	"io"
	"unicode/utf8"

	"github.com/luaction/luaction/luaapi"
)

// atOnce is up to how much work, about in instructions, a pattern runs without being asked whether the call has to end: a few
// hundredths of a second. Beyond that it reads the text character by character through the meter, which takes longer.
const atOnce = 1 << 22

// run returns where the pattern and its groups match in s, nil if it doesn't.
func (p *program) run(a luaapi.Args, which int, s string) []int {
	re := p.form(a, which)
	meter := a.State.Meter()
	var at []int
	if len(s)+1 <= atOnce/p.weight {
		at = re.FindStringSubmatchIndex(s)
		used := len(s)
		if at != nil {
			used = at[1]
		}
		meter.Step(a.L, 1+used/8)
	} else {
		const perThread = 16 // bytes, and so many for each group
		meter.Need(a.L, a.Name(), p.size*perThread*(1+len(p.names)))
		at = re.FindReaderSubmatchIndex(&reader{a: a, rest: s, steps: 1 + p.weight/16})
	}
	if at != nil && which == later {
		at = at[2:] // its own group is put around the others
	}
	return at
}

// reader gives a pattern its text, and raises when the call has to end.
type reader struct {
	a     luaapi.Args
	rest  string
	steps int // that a character takes at most
}

// ReadRune is that of io.RuneReader.
func (r *reader) ReadRune() (c rune, size int, err error) {
	r.a.State.Meter().Step(r.a.L, r.steps)
	if r.rest == "" {
		return 0, 0, io.EOF
	}
	c, size = utf8.DecodeRuneInString(r.rest)
	r.rest = r.rest[size:]
	return c, size, nil
}

// each finds the matches from left to right, at most so many. Behind an empty one the search goes on at the next character, and
// an empty match may follow another one at once, as in Python.
func (p *program) each(a luaapi.Args, s string, most int, yield func(at []int)) {
	from := 0
	for range most {
		at := p.after(a, s, from)
		if at == nil {
			return
		}
		yield(at)
		if from = at[1]; at[0] == at[1] {
			if from >= len(s) {
				return
			}
			_, size := utf8.DecodeRuneInString(s[from:])
			from += size
		}
	}
}

// after finds the first match that begins at from or behind it. What stands before that counts for ^ and \b, so the search
// begins one character earlier.
func (p *program) after(a luaapi.Args, s string, from int) []int {
	if from == 0 {
		return p.run(a, anywhere, s)
	}
	_, size := utf8.DecodeLastRuneInString(s[:from])
	before := from - size
	at := p.run(a, anywhere, s[before:])
	if at != nil && at[0] < size {
		at = p.run(a, later, s[before:])
	}
	for i := range at {
		if at[i] >= 0 {
			at[i] += before
		}
	}
	return at
}
