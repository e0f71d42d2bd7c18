package statement

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Statement is one that was read, with its placeholders found. It is immutable.
type Statement struct {
	text    string
	dialect Dialect
	marks   []mark
	session bool
	routine bool
	inserts bool
	changes bool
}

// mark is a placeholder, or a doubled question mark that stands for one.
type mark struct {
	at      int
	in      bool // IN (?) : the whole of a list
	notIn   bool
	escaped bool
}

// Parse reads one statement. Errors are for its author.
func Parse(text string, dialect Dialect) (*Statement, error) {
	if len(text) > MaxText {
		return nil, fmt.Errorf("the statement is longer than %d MiB", MaxText>>20)
	}
	s := &Statement{text: text, dialect: dialect}
	w := words{dialect: dialect}
	for l, ended := (&lexer{text: text, dialect: dialect}), false; ; {
		k, begin, ok := l.next()
		if !ok {
			break
		}
		if k == blank {
			continue
		}
		if ended && k != semicolon {
			return nil, errors.New("only one statement may stand in a call; make a call for each, inside db:transaction if they belong together")
		}
		token := text[begin:l.at]
		switch k {
		case semicolon:
			ended = true
		case placeholder:
			s.marks = append(s.marks, w.mark(begin, follows(text, l.at)))
		case escaped:
			s.marks = append(s.marks, mark{at: begin, escaped: true})
		case foreign:
			return nil, fmt.Errorf("the placeholder is ? alone; write ? instead of %s", short(token))
		case unfinished:
			return nil, fmt.Errorf("the quotes or the comment that begin with %s never end", short(token))
		case executable:
			return nil, fmt.Errorf("comments that the database runs (%s) can't be used", short(token))
		}
		if err := w.see(k, token); err != nil {
			return nil, err
		}
	}
	if w.count == 0 {
		return nil, errors.New("there is no statement in the text")
	}
	s.session, s.routine, s.inserts, s.changes = w.session, w.routine, w.inserts, w.changes
	return s, nil
}

// follows says whether a closing bracket comes next.
func follows(text string, at int) bool {
	return strings.HasPrefix(strings.TrimLeft(text[at:], " \t\r\n"), ")")
}

func short(token string) string {
	const most = 20 // bytes
	if len(token) > most {
		return strings.ToValidUTF8(token[:most], "") + "…"
	}
	return token
}

// Text is the statement as it was written.
func (s *Statement) Text() string { return s.text }

// Session says whether the statement may change what the next one on the same connection sees: variables, temporary tables,
// locks. Such a connection must not serve another call.
func (s *Statement) Session() bool { return s.session }

// Routine says whether it is DO or CALL, which may do anything.
func (s *Statement) Routine() bool { return s.routine }

// Inserts says whether it may add rows, Changes whether it may add, change or remove some.
func (s *Statement) Inserts() bool { return s.inserts }

// Changes is described at Inserts.
func (s *Statement) Changes() bool { return s.changes }

// Placeholders is the number of question marks that stand for values.
func (s *Statement) Placeholders() int {
	n := 0
	for _, m := range s.marks {
		if !m.escaped {
			n++
		}
	}
	return n
}

// Render returns the text for the database, where placeholder i stands for as many values as counts[i] says; -1 is a list
// without items. len(counts) must be Placeholders.
func (s *Statement) Render(counts []int) (string, error) {
	total := 0
	for _, n := range counts {
		total += max(n, 0)
	}
	if total > MaxPlaceholders {
		return "", fmt.Errorf("%d values are too many for one statement, which takes at most %d", total, MaxPlaceholders)
	}
	var b strings.Builder
	b.Grow(len(s.text) + 6*total)
	from, i, number := 0, 0, 0
	for _, m := range s.marks {
		b.WriteString(s.text[from:m.at])
		if from = m.at + 1; m.escaped {
			from++
			b.WriteByte('?')
			continue
		}
		if counts[i] < 0 {
			if err := s.none(&b, m, i); err != nil {
				return "", err
			}
		}
		for k := range max(counts[i], 0) {
			if k > 0 {
				b.WriteString(", ")
			}
			if number++; s.dialect == PostgreSQL {
				b.WriteByte('$')
				b.WriteString(strconv.Itoa(number))
			} else {
				b.WriteByte('?')
			}
		}
		i++
	}
	b.WriteString(s.text[from:])
	return b.String(), nil
}

// none writes what an empty list stands for. Only SQLite has lists without items; elsewhere nothing is IN (NULL).
func (s *Statement) none(b *strings.Builder, m mark, i int) error {
	switch {
	case s.dialect == SQLite && m.in:
	case m.in && !m.notIn:
		b.WriteString("NULL")
	case m.notIn:
		return fmt.Errorf("the list for placeholder %d is empty, and nothing can be NOT IN it; ask without the condition then", i+1)
	default:
		return fmt.Errorf("the list for placeholder %d is empty", i+1)
	}
	return nil
}
