package strlib

import (
	"fmt"
	"strings"

	"github.com/luaction/luaction/engine/interp/number"
)

// piece is a part of a format: plain text, a verb, or a fault that is reported when the pieces before it are done.
type piece struct {
	text  string
	spec  number.Spec
	bare  bool // the verb has no flags, width or precision
	fault string
}

// maxFlags is how many flags C's buffers allow in Lua 5.1.
const maxFlags = 5

// layout splits a format into pieces. It stops behind more verbs than a call can have arguments.
func layout(format string) []piece {
	var pieces []piece
	var plain strings.Builder
	flush := func() {
		if plain.Len() > 0 {
			pieces = append(pieces, piece{text: plain.String()})
			plain.Reset()
		}
	}
	for verbs := 0; verbs <= maxValues; {
		i := strings.IndexByte(format, '%')
		if i < 0 {
			plain.WriteString(format)
			break
		}
		plain.WriteString(format[:i])
		format = format[i+1:]
		if format != "" && format[0] == '%' {
			plain.WriteByte('%')
			format = format[1:]
			continue
		}
		flush()
		var p piece
		p, format = verb(format)
		pieces = append(pieces, p)
		if verbs++; p.fault != "" {
			break
		}
	}
	flush()
	return pieces
}

// verb reads what stands behind a "%" and returns the rest of the format, too.
func verb(format string) (piece, string) {
	p := piece{spec: number.Spec{Precision: -1}}
	at := flags(format, &p.spec)
	if at > maxFlags {
		return piece{fault: "invalid format (repeated flags)"}, ""
	}
	p.spec.Width, at = twoDigits(format, at)
	if at < len(format) && format[at] == '.' {
		p.spec.Precision, at = twoDigits(format, at+1)
	}
	if at < len(format) && isDigit(format[at]) {
		return piece{fault: "invalid format (width or precision too long)"}, ""
	}
	p.bare = at == 0
	if at == len(format) {
		return piece{fault: "invalid option '%' to 'format'"}, ""
	}
	p.spec.Verb = format[at]
	switch p.spec.Verb {
	case 'c', 'd', 'i', 'o', 'u', 'x', 'X', 'e', 'E', 'f', 'g', 'G', 'q', 's':
		return p, format[at+1:]
	}
	return piece{fault: fmt.Sprintf("invalid option '%%%s' to 'format'", format[at:at+1])}, ""
}

// flags reads the flags and returns how many there are.
func flags(format string, spec *number.Spec) int {
	for at := range len(format) {
		switch format[at] {
		case '-':
			spec.Minus = true
		case '+':
			spec.Plus = true
		case ' ':
			spec.Space = true
		case '#':
			spec.Sharp = true
		case '0':
			spec.Zero = true
		default:
			return at
		}
	}
	return len(format)
}

func twoDigits(format string, at int) (n, end int) {
	for end = at; end < len(format) && end < at+2 && isDigit(format[end]); end++ {
		n = n*10 + int(format[end]-'0')
	}
	return n, end
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
