package jsondoc

import (
	"unicode/utf16"
	"unicode/utf8"
)

// inside is a string's text between its quotes.
func (v Value) inside() []byte {
	if v.kind != String {
		return nil
	}
	return v.doc.text[v.start+1 : v.end-1 : v.end-1]
}

// Text is a string decoded, as a copy; "" for what is no string.
func (v Value) Text() string {
	if !v.escaped {
		return string(v.inside())
	}
	var room [64]byte
	return string(v.AppendText(room[:0]))
}

// AppendText appends the decoded string to dst; nothing for what is no string.
func (v Value) AppendText(dst []byte) []byte {
	raw := v.inside()
	if !v.escaped {
		return append(dst, raw...)
	}
	for i := 0; i < len(raw); {
		if raw[i] == '\\' {
			r, size := unescape(raw[i:])
			dst = utf8.AppendRune(dst, r)
			i += size
			continue
		}
		run := i
		for i < len(raw) && raw[i] != '\\' {
			i++
		}
		dst = append(dst, raw[run:i]...)
	}
	return dst
}

// TextIs tells whether the value is a string that decodes to s, without copying it.
func (v Value) TextIs(s string) bool {
	if v.kind != String {
		return false
	}
	raw := v.inside()
	if !v.escaped {
		return string(raw) == s
	}
	for i := 0; i < len(raw); {
		if raw[i] != '\\' {
			if s == "" || s[0] != raw[i] {
				return false
			}
			s, i = s[1:], i+1
			continue
		}
		r, size := unescape(raw[i:])
		var room [utf8.UTFMax]byte
		n := utf8.EncodeRune(room[:], r)
		if len(s) < n || s[:n] != string(room[:n]) {
			return false
		}
		s, i = s[n:], i+size
	}
	return s == ""
}

// unescape decodes the escape that raw begins with, a pair of surrogates as one; size is its length.
func unescape(raw []byte) (r rune, size int) {
	switch raw[1] {
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case 'n':
		return '\n', 2
	case 'r':
		return '\r', 2
	case 't':
		return '\t', 2
	case 'u':
		r = hex4(raw[2:])
		if !utf16.IsSurrogate(r) {
			return r, 6
		}
		if len(raw) >= 12 && raw[6] == '\\' && raw[7] == 'u' {
			if pair := utf16.DecodeRune(r, hex4(raw[8:])); pair != utf8.RuneError {
				return pair, 12
			}
		}
		return utf8.RuneError, 6
	default:
		return rune(raw[1]), 2
	}
}

func hex4(raw []byte) rune {
	return rune(hexDigit(raw[0])<<12 | hexDigit(raw[1])<<8 | hexDigit(raw[2])<<4 | hexDigit(raw[3]))
}
