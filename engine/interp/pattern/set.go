package pattern

// set is a set of bytes.
type set [256]bool

// classes holds the set of each class letter in the C locale, the capital ones included, and nothing for other bytes. It is
// never changed.
var classes = buildClasses()

// anything is the set of all bytes, for the dot. It is never changed.
var anything = complement(new(set))

func buildClasses() (all [256]*set) {
	for letter, has := range map[byte]func(c byte) bool{
		'a': isAlpha,
		'c': func(c byte) bool { return c < ' ' || c == 0x7f },
		'd': isDigit,
		'l': isLower,
		'p': func(c byte) bool { return c > ' ' && c < 0x7f && !isAlpha(c) && !isDigit(c) },
		's': func(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' },
		'u': isUpper,
		'w': func(c byte) bool { return isAlpha(c) || isDigit(c) },
		'x': func(c byte) bool { return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'f' },
		'z': func(c byte) bool { return c == 0 },
	} {
		members := new(set)
		for c := range members {
			members[c] = has(byte(c))
		}
		all[letter] = members
		all[letter-'a'+'A'] = complement(members)
	}
	return all
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isLower(c byte) bool { return c >= 'a' && c <= 'z' }
func isUpper(c byte) bool { return c >= 'A' && c <= 'Z' }
func isAlpha(c byte) bool { return isLower(c) || isUpper(c) }

func complement(of *set) *set {
	rest := new(set)
	for c := range rest {
		rest[c] = !of[c]
	}
	return rest
}

func (s *set) addRange(from, to byte) {
	for c := int(from); c <= int(to); c++ {
		s[c] = true
	}
}

// addEscaped adds what "%c" stands for: a class, or the byte itself.
func (s *set) addEscaped(c byte) {
	class := classes[c]
	if class == nil {
		s[c] = true
		return
	}
	for i, in := range class {
		s[i] = s[i] || in
	}
}

func (s *set) disjoint(other *set) bool {
	for c, in := range s {
		if in && other[c] {
			return false
		}
	}
	return true
}

// only returns the single member of s, or -1.
func (s *set) only() int {
	found := -1
	for c, in := range s {
		if in {
			if found >= 0 {
				return -1
			}
			found = c
		}
	}
	return found
}
