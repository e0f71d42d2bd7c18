package recording

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// words finds texts where they are words of their own.
type words struct {
	byFirst map[rune][]string // longest first
	instead map[string]string
}

func newWords(all map[string]string) *words {
	w := &words{byFirst: map[rune][]string{}, instead: all}
	for word := range all {
		first, _ := utf8.DecodeRuneInString(word)
		list := w.byFirst[first]
		at := len(list)
		for at > 0 && len(list[at-1]) < len(word) {
			at--
		}
		w.byFirst[first] = append(list[:at:at], append([]string{word}, list[at:]...)...)
	}
	return w
}

func (w *words) replace(text string) string {
	if len(w.instead) == 0 {
		return text
	}
	var out strings.Builder
	copied, before := 0, ' '
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if word := w.at(text[i:], r, before); word != "" {
			out.WriteString(text[copied:i])
			out.WriteString(w.instead[word])
			i += len(word)
			copied = i
			before, _ = utf8.DecodeLastRuneInString(word)
			continue
		}
		i, before = i+size, r
	}
	if copied == 0 {
		return text
	}
	return out.String() + text[copied:]
}

// at returns the word that text begins with, before being the character ahead of it.
func (w *words) at(text string, first, before rune) string {
	if isLetter(before) && isLetter(first) {
		return ""
	}
	for _, word := range w.byFirst[first] {
		if !strings.HasPrefix(text, word) {
			continue
		}
		last, _ := utf8.DecodeLastRuneInString(word)
		next, _ := utf8.DecodeRuneInString(text[len(word):])
		if !isLetter(last) || len(text) == len(word) || !isLetter(next) {
			return word
		}
	}
	return ""
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }
