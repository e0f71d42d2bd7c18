package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	lua "github.com/yuin/gopher-lua"
	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"github.com/luaction/luaction/luaapi"
)

// The letters change as in Python's str.upper, str.lower and str.title, whose words an author may have seen first: with the
// full mappings of Unicode (ß is SS in capitals), and no language's own rules. Bytes that are no UTF-8 stay as they are.

func upper(a luaapi.Args) int {
	s := a.Text(1)
	b := a.NewBuffer(len(s))
	capitals := cases.Upper(language.Und)
	for s != "" {
		var part string
		part, s = cutPart(s)
		b.Add(capitals.String(part))
		s = takeInvalid(b, s)
	}
	return a.Return(b.Value())
}

const mostAtOnce = 16 << 10 // bytes that are mapped between two looks at the meter

// cutPart cuts off what is valid UTF-8, and not more than can be mapped at once.
func cutPart(s string) (part, rest string) {
	end := 0
	for end < len(s) && end < mostAtOnce {
		if s[end] < utf8.RuneSelf {
			end++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[end:])
		if r == utf8.RuneError && size == 1 {
			break
		}
		end += size
	}
	return s[:end], s[end:]
}

// takeInvalid adds the byte at the beginning of s if it is no UTF-8.
func takeInvalid(b *luaapi.Buffer, s string) (rest string) {
	if s == "" {
		return s
	}
	if r, size := utf8.DecodeRuneInString(s); r != utf8.RuneError || size != 1 {
		return s
	}
	b.Add(s[:1])
	return s[1:]
}

func lower(a luaapi.Args) int { return recase(a, func(bool) bool { return false }) }

func title(a luaapi.Args) int {
	return recase(a, func(afterLetter bool) bool { return !afterLetter })
}

// recase makes each letter small, or a capital where wanted says so of a letter that stands after another or not.
func recase(a luaapi.Args, wanted func(afterLetter bool) bool) int {
	s := a.Text(1)
	b := a.NewBuffer(len(s))
	capitals := cases.Title(language.Und, cases.NoLower)
	afterLetter := false
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch capital := wanted(afterLetter); {
		case r < utf8.RuneSelf && capital:
			b.AddByte(byte(unicode.ToUpper(r)))
		case r < utf8.RuneSelf:
			b.AddByte(byte(unicode.ToLower(r)))
		case r == utf8.RuneError:
			b.Add(s[i : i+size])
		case capital:
			b.Add(capitals.String(s[i : i+size]))
		default:
			b.Add(small(a, s, i, r))
		}
		a.State.Meter().Step(a.L, 1)
		afterLetter = isCased(r)
		i += size
	}
	return a.Return(b.Value())
}

// small is the letter r, which stands at s[i], as a small one.
func small(a luaapi.Args, s string, i int, r rune) string {
	switch r {
	case 'Σ':
		if endsWord(a, s, i) {
			return "ς"
		}
	case 'İ':
		return "i\u0307"
	}
	return string(unicode.ToLower(r))
}

// endsWord says whether the letter at s[i] stands behind another, and before none. How far it looks is counted, since what
// lies between may be long.
func endsWord(a luaapi.Args, s string, i int) bool {
	meter := a.State.Meter()
	before := s[:i]
	for before != "" {
		meter.Step(a.L, 1)
		r, size := utf8.DecodeLastRuneInString(before)
		if !isIgnorable(r) {
			if !isCased(r) {
				return false
			}
			break
		}
		before = before[:len(before)-size]
	}
	if before == "" {
		return false
	}
	for after := s[i+len("Σ"):]; after != ""; {
		meter.Step(a.L, 1)
		r, size := utf8.DecodeRuneInString(after)
		if !isIgnorable(r) {
			return !isCased(r)
		}
		after = after[size:]
	}
	return true
}

// isCased says whether Unicode has capital and small letters like this one.
func isCased(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
	}
	return unicode.In(r, unicode.Ll, unicode.Lu, unicode.Lt, unicode.Other_Lowercase, unicode.Other_Uppercase)
}

// isIgnorable says whether Unicode looks past this character for the letters around it.
func isIgnorable(r rune) bool {
	return unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf, unicode.Lm, unicode.Sk) ||
		strings.ContainsRune("'.:·\u0387\u055F\u05F4‘’․‧\uFE13\uFE52\uFE55＇．：", r)
}

func isBlank(a luaapi.Args) int {
	switch v := a.Get(1).(type) {
	case lua.LString:
		rest := strings.TrimLeftFunc(string(v), func(r rune) bool {
			a.State.Meter().Step(a.L, 1)
			return isSpace(r)
		})
		return a.Return(lua.LBool(rest == ""))
	default:
		return a.Return(lua.LBool(a.Values.IsNull(v)))
	}
}

// isSpace is what Python's str.isspace says: Unicode's blanks, and the separators of ASCII.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r >= 0x1c && r <= 0x1f }
