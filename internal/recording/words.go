package recording

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// words finds texts where they are words of their own. There may be very many, and long ones.
type words struct {
	instead map[string]string
	lengths map[string][]int    // of the words that begin with these bytes, longest first; headBytes for all that are as long or longer
	long    map[string][]string // those by their first headBytes, longest first
}

// headBytes is how much of a word is looked up at once.
const headBytes = 64

func newWords(all map[string]string) *words {
	w := &words{instead: all, lengths: map[string][]int{}, long: map[string][]string{}}
	seen := map[string]bool{}
	for word := range all {
		n := min(len(word), headBytes)
		if n == headBytes {
			w.long[word[:n]] = append(w.long[word[:n]], word)
		}
		begin := word[:shortestWord]
		if kind := begin + string(rune(n)); !seen[kind] {
			seen[kind] = true
			w.lengths[begin] = append(w.lengths[begin], n)
		}
	}
	for _, lengths := range w.lengths {
		slices.SortFunc(lengths, func(a, b int) int { return b - a })
	}
	for _, list := range w.long {
		slices.SortFunc(list, func(a, b string) int { return len(b) - len(a) })
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
	if len(text) < shortestWord {
		return ""
	}
	for _, n := range w.lengths[text[:shortestWord]] {
		if n > len(text) {
			continue
		}
		head := text[:n]
		if _, found := w.instead[head]; n < headBytes && found && endsAt(text, n) {
			return head
		}
		for _, word := range w.long[head] {
			if strings.HasPrefix(text, word) && endsAt(text, len(word)) {
				return word
			}
		}
	}
	return ""
}

// endsAt says whether the first n bytes of a text end where a word does.
func endsAt(text string, n int) bool {
	last, _ := utf8.DecodeLastRuneInString(text[:n])
	next, _ := utf8.DecodeRuneInString(text[n:])
	return !isLetter(last) || len(text) == n || !isLetter(next)
}

func isLetter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }
