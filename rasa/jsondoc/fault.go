package jsondoc

import "strconv"

// SyntaxError says why a text was refused. It holds nothing of the text.
type SyntaxError struct {
	Offset int    // bytes before the place, from 0
	What   string // what was wrong there, in plain words
}

// Error gives one line such as "not JSON: a comma or } was expected at byte 17".
func (e *SyntaxError) Error() string {
	return "not JSON: " + e.What + " at byte " + strconv.Itoa(e.Offset)
}

// fault is a place and what was wrong there. It is made a *SyntaxError outside the hot path.
type fault struct {
	at   int
	what flaw
}

type flaw uint8

const (
	fine flaw = iota
	empty
	byteOrderMark
	noValue
	noKey
	noColon
	noCommaObject
	noCommaList
	trailing
	cutOff
	openString
	controlCharacter
	badEscape
	badHex
	badNumber
	badWord
	badUTF8
	tooDeep
	tooLong
)

// String says the flaw so that "… at byte 17" can follow.
func (f flaw) String() string {
	switch f {
	case empty:
		return "there is nothing in it,"
	case byteOrderMark:
		return "it begins with a byte order mark,"
	case noValue:
		return "a value was expected"
	case noKey:
		return "a key in double quotes was expected"
	case noColon:
		return "a colon was expected after the key"
	case noCommaObject:
		return "a comma or } was expected"
	case noCommaList:
		return "a comma or ] was expected"
	case trailing:
		return "there is more after the end of the value,"
	case cutOff:
		return "the text ends too early,"
	case openString:
		return "the text ends inside a string,"
	case controlCharacter:
		return "a line break, tab or other control character stands unescaped in a string"
	case badEscape:
		return "a backslash is followed by something that is no escape"
	case badHex:
		return `\u must be followed by four hexadecimal digits`
	case badNumber:
		return "a number is not written as JSON wants it"
	case badWord:
		return "a word that is none of true, false, null stands"
	case badUTF8:
		return "there are bytes that are not UTF-8"
	case tooDeep:
		return "lists and objects are nested deeper than " + strconv.Itoa(MaxDepth) + " levels"
	case tooLong:
		return "the text is longer than 2 GiB,"
	default:
		return "nothing is wrong"
	}
}
