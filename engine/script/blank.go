package script

import "bytes"

// blank tells whether a source holds nothing but white space and comments: an editor's half-done save, or a file whose
// author hasn't begun. A comment that never ends is left to the compiler, which can say where it starts.
func blank(source []byte) bool {
	rest := source
	if bytes.HasPrefix(rest, []byte("#")) {
		rest = afterLine(rest)
	}
	for {
		rest = bytes.TrimLeft(rest, " \t\r\n\v\f")
		if len(rest) == 0 {
			return true
		}
		if !bytes.HasPrefix(rest, []byte("--")) {
			return false
		}
		rest = rest[2:]
		end := longBracketEnd(rest)
		if end == nil {
			rest = afterLine(rest)
			continue
		}
		at := bytes.Index(rest, end)
		if at < 0 {
			return false
		}
		rest = rest[at+len(end):]
	}
}

// longBracketEnd returns what closes the long bracket that text starts with, or nil if it starts with none.
func longBracketEnd(text []byte) []byte {
	if len(text) == 0 || text[0] != '[' {
		return nil
	}
	level := 1
	for level < len(text) && text[level] == '=' {
		level++
	}
	if level >= len(text) || text[level] != '[' {
		return nil
	}
	end := bytes.Repeat([]byte("="), level+1)
	end[0], end[level] = ']', ']'
	return end
}

func afterLine(text []byte) []byte {
	if at := bytes.IndexByte(text, '\n'); at >= 0 {
		return text[at+1:]
	}
	return nil
}
