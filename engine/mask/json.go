package mask

import (
	"bytes"
	"encoding/json"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// JSON returns a JSON text with each secret in its texts as ***; the text itself if there is none. Names and texts for which
// keep says yes stay as they are: a weak secret that is also a word of the protocol would break what is sent. keep is told the
// name under which a text stands, "" for a name and for what stands in a list.
func (m *Mask) JSON(text []byte, keep func(under, word string) bool) []byte {
	// A backslash may hide a secret from a plain search.
	if m == nil || !m.inBytes(text) && bytes.IndexByte(text, '\\') < 0 {
		return text
	}
	var out []byte
	copied, under := 0, ""
	for i := 0; i < len(text); {
		switch text[i] {
		case '"':
			end := stringEnd(text, i)
			name := isName(text, end)
			word, changed := m.word(text[i:end])
			if name {
				under = ""
			}
			if changed != word && !keep(under, word) {
				out = jsondoc.AppendQuote(append(out, text[copied:i]...), changed)
				copied = end
			}
			if name {
				under = word
			}
			i = end
			continue
		case ',', '[', ']', '{', '}':
			under = ""
		}
		i++
	}
	if copied == 0 {
		return text
	}
	return append(out, text[copied:]...)
}

// word decodes a text of JSON, and masks it. One that can't hold a secret is given back as it is, maybe not decoded.
func (m *Mask) word(quoted []byte) (word, masked string) {
	if len(quoted) < len(`""`) {
		return "", ""
	}
	if bytes.IndexByte(quoted, '\\') < 0 {
		word = string(quoted[1 : len(quoted)-1])
	} else if json.Unmarshal(quoted, &word) != nil {
		return "", ""
	}
	return word, m.Text(word)
}

// stringEnd returns where the text that begins at i has ended.
func stringEnd(text []byte, i int) int {
	for i++; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(text)
}

func isName(text []byte, end int) bool {
	for ; end < len(text); end++ {
		switch text[end] {
		case ' ', '\t', '\r', '\n':
		case ':':
			return true
		default:
			return false
		}
	}
	return false
}
