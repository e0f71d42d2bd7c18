package statement

import (
	"slices"
	"strings"
)

// Part is one of several statements in a text.
type Part struct {
	Text    string
	Trigger bool // makes a trigger of SQLite's, and has statements inside
}

// Split cuts a text at the semicolons between its statements; pieces without any are left out. A trigger of SQLite's ends with
// the semicolon after its own END.
func Split(text string, dialect Dialect) []Part {
	var parts []Part
	var words [3]string // the last tokens, the latest first
	from, count, trigger := 0, 0, false
	for l := (&lexer{text: text, dialect: dialect}); ; {
		k, begin, ok := l.next()
		if !ok || k == semicolon && !(trigger && (words[0] != "END" || words[1] != ";")) {
			if count > 0 {
				parts = append(parts, Part{strings.Trim(text[from:begin], " \t\r\n\v\f"), trigger})
			}
			if !ok {
				return parts
			}
			from, count, trigger, words = l.at, 0, false, [3]string{}
			continue
		}
		if k == blank {
			continue
		}
		const longest = len("TEMPORARY")
		word := strings.ToUpper(text[begin:min(l.at, begin+longest)])
		if count++; word == "TRIGGER" && !trigger {
			trigger = count == 2 && words[0] == "CREATE" || count == 3 && (words[0] == "TEMP" || words[0] == "TEMPORARY")
		}
		words = [3]string{word, words[0], words[1]}
	}
}

// Brackets says whether the statement only begins or ends a transaction.
func (p Part) Brackets() bool {
	words := strings.Fields(strings.ToUpper(p.Text))
	if len(words) == 0 || len(words) > 3 {
		return false
	}
	for i, word := range words {
		known := []string{"TRANSACTION", "DEFERRED", "IMMEDIATE", "EXCLUSIVE"}
		if i == 0 {
			known = []string{"BEGIN", "COMMIT", "END"}
		}
		if !slices.Contains(known, word) {
			return false
		}
	}
	return true
}
