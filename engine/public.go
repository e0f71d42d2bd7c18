package engine

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// maxPublic is how much of a script's message goes to Rasa, in bytes.
const maxPublic = 1000

var (
	// places are script paths inside a message, with the line if there is one: for the author's eyes only.
	places = regexp.MustCompile(`[^\s:'"(]+\.lua(:\d+:? ?)?`)
	// quoted are texts that messages of our own repeat. What they advise is no value of anybody's.
	quoted = regexp.MustCompile(`((?:did you mean |write )?)("(?:[^"\\]|\\.)*")`)
)

// public is the part of a message that may leave the server: no paths, no lines, no traceback, and no text that the request
// brought, unless the script itself put it into its message.
func (w *worker) public(message string) string {
	message = w.mask.Text(message) // before it is cut: a part of a secret isn't found
	message = quoted.ReplaceAllStringFunc(cut(message, 4*maxPublic), func(found string) string {
		if found[0] != '"' || !w.requested(found) {
			return found
		}
		return `"…"`
	})
	return "Custom action '" + w.job.action.Name + "' failed: " + publicText(message)
}

// requested says whether the request has the quoted text as one of its values.
func (w *worker) requested(text string) bool {
	body := w.job.call.Doc.Text()
	if hasValue(body, []byte(text)) {
		return true
	}
	plain, err := strconv.Unquote(text)
	return err == nil && (hasValue(body, jsondoc.AppendQuote(nil, plain)) || hasValue(body, []byte(strconv.QuoteToASCII(plain))))
}

// hasValue finds a JSON text that is no key. What stands around it tells it from the end of one text and the beginning of the next:
// ", " is between any two.
func hasValue(body, text []byte) bool {
	const blanks = " \t\r\n"
	for at := 0; ; {
		i := bytes.Index(body[at:], text)
		if i < 0 {
			return false
		}
		before, after := bytes.TrimRight(body[:at+i], blanks), bytes.TrimLeft(body[at+i+len(text):], blanks)
		begins := len(before) == 0 || bytes.IndexByte([]byte(":,["), before[len(before)-1]) >= 0
		ends := len(after) == 0 || bytes.IndexByte([]byte(",]}"), after[0]) >= 0
		if begins && ends {
			return true
		}
		at += i + 1
	}
}

func publicText(message string) string {
	if i := strings.Index(message, "\nstack traceback:"); i >= 0 {
		message = message[:i]
	}
	message = places.ReplaceAllStringFunc(cut(message, 4*maxPublic), func(found string) string {
		if strings.HasSuffix(found, ".lua") {
			return "a script"
		}
		return ""
	})
	return cut(strings.ToValidUTF8(message, "\uFFFD"), maxPublic)
}

func cut(text string, size int) string {
	if len(text) <= size {
		return text
	}
	return strings.ToValidUTF8(text[:size], "") + " …"
}
