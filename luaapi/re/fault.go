package re

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// fault says what is wrong with a pattern, and at which character.
func fault(source string, err error) string {
	var bad *syntax.Error
	if !errors.As(err, &bad) {
		return "pattern can't be read"
	}
	place := ""
	if at := placeOf(source, bad); at >= 0 {
		place = fmt.Sprintf(" at character %d", utf8.RuneCountInString(source[:at])+1)
	}
	return fmt.Sprintf("the pattern %s is wrong%s: %s", quoted(source), place, reason(bad))
}

func reason(bad *syntax.Error) string {
	expr := quoted(bad.Expr)
	for _, sign := range []string{"(?=", "(?!", "(?<=", "(?<!"} {
		if strings.HasPrefix(bad.Expr, sign) {
			return expr + " looks ahead or back, which these patterns can't"
		}
	}
	switch bad.Code {
	case syntax.ErrMissingParen:
		return `a "(" is never closed with ")"`
	case syntax.ErrUnexpectedParen:
		return `this ")" closes nothing; write \\) for the character`
	case syntax.ErrMissingBracket:
		return `a "[" is never closed with "]"`
	case syntax.ErrMissingRepeatArgument:
		return expr + ` has nothing before it to repeat; for the character write \\ before it`
	case syntax.ErrInvalidRepeatOp:
		return expr + " repeats what is repeated already"
	case syntax.ErrInvalidRepeatSize:
		return expr + " repeats too often, or from more to less; 1000 times is the most"
	case syntax.ErrInvalidCharRange:
		return expr + " is no range of characters from lower to higher, nor a class that is known"
	case syntax.ErrInvalidCharClass:
		return expr + " is no class of characters"
	case syntax.ErrInvalidNamedCapture:
		return expr + " is no good name for a group; write (?P<name>…) with letters, digits and _"
	case syntax.ErrInvalidPerlOp:
		return expr + " has no meaning here"
	case syntax.ErrInvalidEscape:
		if len(bad.Expr) == 2 && bad.Expr[1] >= '1' && bad.Expr[1] <= '9' {
			return expr + " would refer back to a group, which these patterns can't"
		}
		return expr + " has no meaning here"
	case syntax.ErrTrailingBackslash:
		return "it ends with a backslash"
	case syntax.ErrInvalidUTF8:
		return "it is no valid UTF-8"
	case syntax.ErrNestingDepth:
		return "groups lie too deep inside one another"
	case syntax.ErrLarge:
		return "it is too large"
	}
	return "it can't be read"
}

// placeOf is where the fault is, in bytes; -1 if that can't be said.
func placeOf(source string, bad *syntax.Error) int {
	switch bad.Code {
	case syntax.ErrMissingParen, syntax.ErrUnexpectedParen:
		return unbalanced(source)
	case syntax.ErrTrailingBackslash:
		return len(source) - 1
	case syntax.ErrMissingBracket:
		return len(source) - len(bad.Expr)
	case syntax.ErrInvalidUTF8:
		for i := 0; i < len(source); {
			r, size := utf8.DecodeRuneInString(source[i:])
			if r == utf8.RuneError && size == 1 {
				return i
			}
			i += size
		}
		return -1
	case syntax.ErrNestingDepth, syntax.ErrLarge:
		return -1
	}
	return first(source, bad)
}

// first finds the part of the pattern that the fault names. What comes before it is right, so that of several equal parts the
// first counts which is wrong by itself.
func first(source string, bad *syntax.Error) int {
	const tries = 20
	at := -1
	for from, n := 0, 0; n < tries; n++ {
		i := strings.Index(source[from:], bad.Expr)
		if i < 0 {
			break
		}
		at = from + i
		var part *syntax.Error
		if _, err := syntax.Parse(source[:at+len(bad.Expr)], syntax.Perl); errors.As(err, &part) && part.Code == bad.Code {
			return at
		}
		from = at + 1
	}
	return at
}

// unbalanced is where a parenthesis is that has no partner.
func unbalanced(source string) int {
	var open []int
	class := false
	for i := 0; i < len(source); i++ {
		switch c := source[i]; {
		case strings.HasPrefix(source[i:], `\Q`):
			end := strings.Index(source[i:], `\E`)
			if end < 0 {
				i = len(source)
			} else {
				i += end + 1
			}
		case c == '\\':
			i++
		case class:
			if strings.HasPrefix(source[i:], "[:") {
				if end := strings.Index(source[i:], ":]"); end > 0 {
					i += end + 1
				}
			} else if c == ']' {
				class = false
			}
		case c == '[':
			class = true
			if strings.HasPrefix(source[i+1:], "^") {
				i++
			}
			if strings.HasPrefix(source[i+1:], "]") {
				i++
			}
		case c == '(':
			open = append(open, i)
		case c == ')':
			if len(open) == 0 {
				return i
			}
			open = open[:len(open)-1]
		}
	}
	if len(open) == 0 {
		return -1
	}
	return open[len(open)-1]
}

const shown = 80 // how many bytes of a pattern messages show

func quoted(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if len(s) > shown {
		s = strings.ToValidUTF8(s[:shown], "") + "…"
	}
	return `"` + s + `"`
}
