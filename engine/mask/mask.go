// Package mask hides secrets in what is printed, logged and sent.
package mask

import (
	"bytes"
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// Shortest is how long a secret has to be, in bytes, to be looked for: shorter ones are parts of everything.
const Shortest = 4

// Stars is what stands in the place of a secret.
const Stars = "***"

// Mask knows secrets. A nil one knows none, and costs nothing. It is safe for concurrent use.
type Mask struct {
	forms   []string // of the secrets: as they are, and as URLs and quoted texts write them
	replace *strings.Replacer
}

// New returns a mask for the secrets that have at least Shortest bytes; nil if there are none.
func New(secrets ...string) *Mask {
	var forms []string
	for _, s := range secrets {
		if len(s) < Shortest {
			continue
		}
		quoted, escaped := strconv.Quote(s), url.QueryEscape(s)
		forms = append(forms, s, escaped, strings.ReplaceAll(escaped, "+", "%20"), url.PathEscape(s), url.User(s).String(), quoted[1:len(quoted)-1])
	}
	if len(forms) == 0 {
		return nil
	}
	// Of two that begin alike, the longer one: else the rest of it would show.
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	forms = slices.Compact(forms)
	pairs := make([]string, 0, 2*len(forms))
	for _, f := range forms {
		pairs = append(pairs, f, Stars)
	}
	return &Mask{forms: forms, replace: strings.NewReplacer(pairs...)}
}

// Text returns the text with each secret in it as ***; the text itself if there is none.
func (m *Mask) Text(text string) string {
	if m == nil || len(text) < Shortest || !m.in(text) {
		return text
	}
	return m.replace.Replace(text)
}

func (m *Mask) in(text string) bool {
	for _, f := range m.forms {
		if strings.Contains(text, f) {
			return true
		}
	}
	return false
}

func (m *Mask) inBytes(text []byte) bool {
	for _, f := range m.forms {
		if bytes.Contains(text, []byte(f)) {
			return true
		}
	}
	return false
}
