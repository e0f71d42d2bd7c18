package json

const indent = "  "

// spreadSize is the length of what spread appends.
func spreadSize(text []byte) int {
	size := 0
	walk(text, func(part []byte, depth int) {
		size += len(part)
		if depth >= 0 {
			size += 1 + depth*len(indent)
		}
	})
	return size
}

// spread appends JSON that has no blanks between its values over several lines, with a blank after each colon.
func spread(dst, text []byte) []byte {
	walk(text, func(part []byte, depth int) {
		dst = append(dst, part...)
		if depth < 0 {
			return
		}
		dst = append(dst, '\n')
		for range depth {
			dst = append(dst, indent...)
		}
	})
	return dst
}

// walk cuts the text where lines begin or blanks come in. depth is that of the line which begins after the part, -1 for none.
func walk(text []byte, yield func(part []byte, depth int)) {
	depth, from := 0, 0
	cut := func(to, newLine int) {
		yield(text[from:to], newLine)
		from = to
	}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '"':
			for i++; text[i] != '"'; i++ {
				if text[i] == '\\' {
					i++
				}
			}
		case '{', '[':
			if closing := text[i+1]; closing == '}' || closing == ']' {
				i++
				continue
			}
			depth++
			cut(i+1, depth)
		case '}', ']':
			depth--
			cut(i, depth)
		case ',':
			cut(i+1, depth)
		case ':':
			cut(i+1, -1)
			yield([]byte{' '}, -1)
		}
	}
	cut(len(text), -1)
}
