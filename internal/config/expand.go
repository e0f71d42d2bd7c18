package config

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// text is a text of the file with what its ${…} stand for.
type text struct {
	value string
	spans []span
}

// maxExpanded is how much may come from ${…} in all, in bytes: an alias can ask for the same file again and again.
const maxExpanded = 8 << 20

// missing says that what ${…} names isn't there.
type missing struct{ error }

// span is a part of a text that came from ${…}.
type span struct {
	start, end int
	file       bool
}

// expand puts the environment and the files of secrets into a text: ${NAME}, ${file:PATH}, and $$ for a $. Any other $ is one.
func (r *reader) expand(raw string) (text, error) {
	var out strings.Builder
	var spans []span
	for {
		i := strings.IndexByte(raw, '$')
		if i < 0 || i+1 == len(raw) {
			out.WriteString(raw)
			return text{out.String(), spans}, nil
		}
		out.WriteString(raw[:i])
		switch raw = raw[i+1:]; raw[0] {
		case '$':
			out.WriteByte('$')
			raw = raw[1:]
		case '{':
			inside, rest, closed := strings.Cut(raw[1:], "}")
			if !closed {
				return text{}, fmt.Errorf("has a ${ without its }; write ${NAME}, or $$ for a $")
			}
			value, isFile, err := r.lookUp(inside)
			if err != nil {
				return text{}, err
			}
			if r.expanded += len(value); r.expanded > maxExpanded {
				return text{}, fmt.Errorf("is too much: all that ${…} stand for in a file may have at most 8 MiB")
			}
			spans = append(spans, span{out.Len(), out.Len() + len(value), isFile})
			out.WriteString(value)
			raw = rest
		default:
			out.WriteByte('$')
		}
	}
}

// lookUp finds what stands between the braces. The value is a secret and in no error.
func (r *reader) lookUp(inside string) (value string, isFile bool, err error) {
	if path, ok := strings.CutPrefix(inside, "file:"); ok {
		value, err = r.secretFile(strings.TrimSpace(path))
		return value, true, err
	}
	if !isVariable(inside) {
		return "", false, fmt.Errorf("has ${%s}, which names no environment variable; write ${NAME}, ${file:PATH}, or $$ for a $", shorten(inside))
	}
	value, ok := r.around.Env(inside)
	if !ok {
		return "", false, missing{fmt.Errorf("needs the environment variable %s, which isn't set", inside)}
	}
	if !utf8.ValidString(value) {
		return "", false, fmt.Errorf("needs the environment variable %s, whose value is no UTF-8", inside)
	}
	return value, false, nil
}

func (r *reader) secretFile(path string) (string, error) {
	if path == "" {
		return "", fmt.Errorf("has ${file:} without a path; write ${file:PATH}")
	}
	path = r.relative(path)
	data, err := r.around.Read(path)
	if err != nil {
		return "", missing{fmt.Errorf("needs a file: %w", err)}
	}
	value := strings.TrimRight(string(data), "\r\n")
	switch {
	case value == "":
		return "", fmt.Errorf("needs what is in %s, which is empty", path)
	case !utf8.ValidString(value):
		return "", fmt.Errorf("needs what is in %s, which is no UTF-8 text", path)
	}
	return value, nil
}

// relative is a path as seen from the working directory.
func (r *reader) relative(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(r.dir, path)
}

func isVariable(name string) bool {
	for i := range len(name) {
		c := name[i]
		letter := c == '_' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
		if !letter && (i == 0 || c < '0' || c > '9') {
			return false
		}
	}
	return name != ""
}

// shorten keeps messages readable whatever is in the file.
func shorten(text string) string {
	const most = 60
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}
