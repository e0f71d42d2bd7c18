// Package lesson is what authors can read about a mistake: each has a short code, which stands behind its message, and a page that
// says what happens, why, and what to write. The list of codes is closed: a code keeps its meaning, and is never given anew.
//
// The pages are the Markdown files in catalog, one for each group. A lesson begins with "## LA012 Title"; then come such lines:
//
//	rules: unknown-member     rules of check that find it, with commas
//	says: is not Lua; write   how a message is recognised; … stands for what differs. Blanks at the end count
//	logs: is left out         the same of a line that the API writes into the log
//	else: .lua:…: kv.…:       the same of messages that fit no lesson better
//	only: check               who finds it, check or test, if running the script doesn't; words if the examples are no scripts
//	given: --slot a=1         arguments of luaction run for the examples; - if they can't be run
//
// then the text, and the blocks of code. The words behind ``` are the language, wrong or right or nothing for both, and the file's
// name if the block isn't the body of an action.
package lesson

import (
	"embed"
	"io/fs"
	"strings"
	"sync"

	"github.com/luaction/luaction/spell"
)

// Lesson is what there is to say about one kind of mistake.
type Lesson struct {
	Code      string   // "LA012"
	Group     string   // the heading under which it stands, such as "Names"
	Title     string   // one line
	Text      string   // paragraphs, with an empty line between them; `code` in backquotes
	Wrong     string   // what authors write, as it is shown
	Right     string   // what to write instead
	Rules     []string // rules of check that find it
	Messages  []string // what messages about it have in them; … stands for anything
	Else      []string // the same of messages that fit no lesson better
	Logged    []string // the same of lines that the API writes into the log
	Only      string   // "check" or "test": what finds it; "" if running the script does, "words" if the examples are no scripts
	Arguments string   // of luaction run, to see Wrong go wrong; "-": the examples can't be run as they are
	Files     []File   // Wrong and Right as files
}

// File is a part of an example.
type File struct {
	Name     string // "" for the body of an action
	Language string // "lua", "json", "yaml"
	Kind     string // "wrong", "right", or "" for both
	Text     string
}

//go:embed catalog/*.md
var pages embed.FS

// catalog reads the pages when they are first needed.
var catalog = sync.OnceValue(func() []Lesson {
	var all []Lesson
	names, _ := fs.Glob(pages, "catalog/*.md")
	for _, name := range names {
		text, _ := fs.ReadFile(pages, name)
		all = append(all, parse(string(text))...)
	}
	return all
})

// All returns every lesson, by code. The slices in them are not to be changed.
func All() []Lesson { return append([]Lesson(nil), catalog()...) }

// Find returns the lesson of a code: LA012, la012, or 12.
func Find(code string) (Lesson, bool) {
	digits := strings.TrimPrefix(strings.ToUpper(strings.TrimSpace(code)), "LA")
	code = "LA" + strings.Repeat("0", max(0, 3-len(digits))) + digits
	for _, l := range catalog() {
		if l.Code == code {
			return l, true
		}
	}
	return Lesson{}, false
}

// OfRule returns the lesson of a rule of check.
func OfRule(rule string) (Lesson, bool) {
	for _, l := range catalog() {
		for _, r := range l.Rules {
			if r == rule {
				return l, true
			}
		}
	}
	return Lesson{}, false
}

// OfMessage returns the lesson that fits a message best: the one that has most of its words.
func OfMessage(text string) (Lesson, bool) {
	if l, ok := best(text, func(l *Lesson) []string { return l.Messages }); ok {
		return l, true
	}
	if l, ok := OfLogLine(text); ok {
		return l, true
	}
	return best(text, func(l *Lesson) []string { return l.Else })
}

// best is the lesson of which a pattern fits with the most bytes.
func best(text string, patterns func(*Lesson) []string) (Lesson, bool) {
	all := catalog()
	found, length := -1, 0
	for i := range all {
		for _, m := range patterns(&all[i]) {
			if n := matched(text, m); n > length {
				found, length = i, n
			}
		}
	}
	if found < 0 {
		return Lesson{}, false
	}
	return all[found], true
}

// OfLogLine returns the lesson of what the API writes into the log when a script does what is likely a mistake. What scripts log
// themselves may say the same as a message, and is not looked at.
func OfLogLine(text string) (Lesson, bool) {
	return best(text, func(l *Lesson) []string { return l.Logged })
}

// matched is how many bytes of the pattern are in the text, in their order; 0 if not all are.
func matched(text, pattern string) int {
	n := 0
	for part := range strings.SplitSeq(pattern, "…") {
		at := strings.Index(text, part)
		if at < 0 {
			return 0
		}
		text = text[at+len(part):]
		n += len(part)
	}
	return n
}

// Mark puts the code of a message's lesson behind its first line: "… did you mean 'get_slot'? [LA032]". A message that no lesson
// knows stays as it is.
func Mark(message string) string {
	l, ok := OfMessage(message)
	if !ok {
		return message
	}
	first, rest, more := strings.Cut(message, "\n")
	first += " [" + l.Code + "]"
	if more {
		return first + "\n" + rest
	}
	return first
}

// In returns the lesson that a text is about, be it a code, a rule of check, or a message with a code in it or without.
func In(text string) (Lesson, bool) {
	if l, ok := Find(text); ok {
		return l, true
	}
	for at := 0; at+codeLength <= len(text); at++ {
		more := at+codeLength < len(text) && '0' <= text[at+codeLength] && text[at+codeLength] <= '9'
		if part := text[at : at+codeLength]; !more && strings.EqualFold(part[:2], "LA") {
			if l, ok := Find(part); ok {
				return l, true
			}
		}
	}
	if l, ok := OfRule(strings.TrimSpace(text)); ok {
		return l, true
	}
	return OfMessage(text)
}

const codeLength = len("LA012")

// Nearest is the code that may have been meant.
func Nearest(code string) string {
	codes := make([]string, 0, len(catalog()))
	for _, l := range catalog() {
		codes = append(codes, l.Code)
	}
	return spell.Nearest(strings.ToUpper(code), codes)
}
