package check

import (
	"cmp"
	"strings"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/check/tree"
)

// loaded turns what the loader found into findings.
func (c *checker) loaded(snapshot *script.Snapshot) {
	texts := map[string]*tree.File{}
	for i := range snapshot.Problems {
		problem := &snapshot.Problems[i]
		f, known := texts[problem.Script]
		if !known {
			f = c.textOf(snapshot, problem.Script)
			texts[problem.Script] = f
		}
		c.problem(f, problem)
	}
}

// textOf are the lines of a file; of one that can't be read there are none.
func (c *checker) textOf(snapshot *script.Snapshot, name string) *tree.File {
	for _, s := range c.sources {
		if s.path == name {
			return s.tree
		}
	}
	if data := snapshot.Data[name]; data != nil && data.Sum != "" {
		return tree.NewText(name, string(data.Text))
	}
	text := c.dir.read(name)
	if plain, fatal := chunk.Plain(name, text); fatal == nil {
		return tree.NewText(name, plain)
	}
	return tree.NewText(name, string(text))
}

func (c *checker) problem(f *tree.File, problem *script.Problem) {
	c.findings = append(c.findings, placed(f, Finding{
		Rule: cmp.Or(problem.Rule, script.RuleSyntax), Script: problem.Script, Line: problem.Line, Column: problem.Column,
		Message: problem.Message, Hint: problem.Hint, Warning: problem.Warning,
	}))
	switch {
	case problem.Rule == chunk.RuleNoReturn && !problem.Warning:
		c.noReturn(problem.Script)
	case problem.Rule == chunk.RuleReturnedTable:
		c.returnedTable(problem)
	}
}

// returnedTable puts the finding of a file that returns a table at that return, which may be many lines above the last one.
func (c *checker) returnedTable(problem *script.Problem) {
	for _, s := range c.sources {
		if s.path != problem.Script || len(s.tree.Main.Returns) == 0 {
			continue
		}
		returns := s.tree.Main.Returns
		c.findings[len(c.findings)-1] = finding(s.tree, s.path, problem.Rule, returns[len(returns)-1].At(), problem.Message, problem.Hint, false)
	}
}

// placed fills in what the text of the line says.
func placed(f *tree.File, found Finding) Finding {
	found.Source = f.Line(found.Line)
	if found.Line == 0 || found.Source == "" {
		return found
	}
	if found.Column == 0 {
		trimmed := strings.TrimLeft(found.Source, " \t")
		found.Column = len(found.Source) - len(trimmed) + 1
		found.EndColumn = len(strings.TrimRight(found.Source, " \t")) + 1
		return found
	}
	found.EndColumn = found.Column + wordLength(found.Source, found.Column)
	return found
}

// wordLength is how long the name or mark at a column is, at least 1.
func wordLength(line string, column int) int {
	if column > len(line) {
		return 1
	}
	n := 0
	for _, c := range []byte(line[column-1:]) {
		if c != '_' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			break
		}
		n++
	}
	return max(n, 1)
}

// noReturn puts the finding of a file that returns nothing where the author forgot the word.
func (c *checker) noReturn(name string) {
	for _, s := range c.sources {
		if s.path != name {
			continue
		}
		p := newPass(c.scripts, s)
		if at, hint := p.forgotten(); at != nil {
			message := c.findings[len(c.findings)-1].Message
			c.findings[len(c.findings)-1] = finding(s.tree, name, chunk.RuleNoReturn, at.At(), message, hint, false)
			c.forgotten[name+":"+s.tree.Text(at)] = true
		}
	}
}

// expectsNil tells whether a problem is `name = nil` in what a test expects, where a missing name is as good as nil.
func (p *pass) expectsNil(problem script.Problem) bool {
	if problem.Rule != chunk.RuleNilInTable {
		return false
	}
	expected := false
	tree.Walk(p.file.Main, func(n tree.Node) bool {
		if call, ok := n.(*tree.Call); ok && p.asserts(call.Fn) {
			line, column := p.file.Place(call.Start)
			last, end := p.file.Place(call.End)
			after := problem.Line > line || problem.Line == line && problem.Column >= column
			expected = expected || after && (problem.Line < last || problem.Line == last && problem.Column < end)
		}
		return !expected
	})
	return expected
}
