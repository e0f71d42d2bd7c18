// Package recording keeps what Rasa asked and what it got, as files that can be run again against other scripts.
package recording

import (
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// Record is one call that was kept.
type Record struct {
	File     string // its name, without the folder
	Action   string
	Time     time.Time // when the call began
	Snapshot string    // of the scripts that answered
	Version  string    // of luaction
	Duration time.Duration
	Request  []byte // JSON
	Status   int
	Answer   []byte // JSON
}

// stamp is how a file's name begins: it sorts as time does.
const stamp = "20060102T150405.000"

// recordName is the name of a record's file: time, action, number.
var recordName = regexp.MustCompile(`^(\d{8}T\d{6}\.\d{3})-(.*)-(\d+)\.json$`)

// maxNamePart is how much of an action's name is a part of a file's, in bytes.
const maxNamePart = 80

func fileName(at time.Time, action string, number uint64) string {
	safe := strings.Map(func(r rune) rune {
		if r == '_' || r == '-' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
			return r
		}
		return '_'
	}, action)
	return at.UTC().Format(stamp) + "-" + safe[:min(len(safe), maxNamePart)] + "-" + strconv.FormatUint(number, 10) + ".json"
}

// encode writes the record as a file has it.
func (r *Record) encode() []byte {
	text := func(dst []byte, key, value string) []byte {
		dst = append(append(append(dst, "  \""...), key...), `": `...)
		return append(jsondoc.AppendQuote(dst, value), ",\n"...)
	}
	dst := make([]byte, 0, len(r.Request)+len(r.Answer)+512)
	dst = append(dst, "{\n"...)
	dst = text(dst, "action", r.Action)
	dst = text(dst, "recorded", r.Time.UTC().Format(time.RFC3339Nano))
	dst = text(dst, "snapshot", r.Snapshot)
	dst = text(dst, "luaction", r.Version)
	dst = append(dst, fmt.Sprintf("  \"duration_ms\": %.3f,\n  \"request\": ", float64(r.Duration.Microseconds())/1000)...)
	dst = append(append(dst, r.Request...), fmt.Sprintf(",\n  \"answer\": {\"status\": %d, \"body\": ", r.Status)...)
	return append(append(dst, r.Answer...), "}\n}\n"...)
}

// decode reads what encode wrote.
func (r *Record) decode(text []byte) error {
	doc, err := jsondoc.Parse(text)
	if err != nil {
		return err
	}
	root := doc.Root()
	request, answer := root.Get("request"), root.Get("answer")
	status, body := answer.Get("status"), answer.Get("body")
	at, err := time.Parse(time.RFC3339Nano, root.Get("recorded").Text())
	switch {
	case root.Kind() != jsondoc.Object:
		return errors.New("it holds no object")
	case request.Kind() != jsondoc.Object:
		return errors.New("it has no request")
	case status.Kind() != jsondoc.Number || !body.Exists():
		return errors.New("it has no answer with status and body")
	case !isStatus(status.Float()):
		return errors.New("its answer has a status that no answer has; that is a whole number from 100 to 599")
	case err != nil:
		return errors.New("it doesn't say when it was recorded")
	}
	r.Action, r.Time, r.Snapshot, r.Version = root.Get("action").Text(), at, root.Get("snapshot").Text(), root.Get("luaction").Text()
	r.Duration = time.Duration(root.Get("duration_ms").Float() * float64(time.Millisecond))
	r.Request, r.Status, r.Answer = request.Raw(), int(status.Float()), body.Raw()
	return nil
}

func isStatus(n float64) bool { return n >= 100 && n < 600 && n == math.Trunc(n) }

// RequestIn returns the request that a record's file holds, and any other text as it is.
func RequestIn(text []byte) []byte {
	r := new(Record)
	if r.decode(text) != nil {
		return text
	}
	return r.Request
}

// maxRecord is the largest file that is read: the largest request, its answer, and what is around them.
const maxRecord = 1200 << 20

// Read reads one file.
func Read(path string) (*Record, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", path, plain(err))
	}
	if !info.Mode().IsRegular() || info.Size() > maxRecord {
		return nil, fmt.Errorf("%s is no recording: it is no file, or too large", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", path, plain(err))
	}
	r := &Record{File: filepath.Base(path)}
	if err := r.decode(text); err != nil {
		return nil, fmt.Errorf("%s is no recording: %w", path, err)
	}
	return r, nil
}

// List returns the names of the recordings in a folder, in the order in which the calls came.
func List(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, fmt.Errorf("%s can't be read: %w", dir, plain(err))
	}
	type named struct {
		name, time string
		number     uint64
	}
	var list []named
	for _, e := range entries {
		if m := recordName.FindStringSubmatch(e.Name()); m != nil && e.Type().IsRegular() {
			n, _ := strconv.ParseUint(m[3], 10, 64)
			list = append(list, named{e.Name(), m[1], n})
		}
	}
	slices.SortFunc(list, func(a, b named) int {
		if c := strings.Compare(a.time, b.time); c != 0 {
			return c
		}
		switch {
		case a.number < b.number:
			return -1
		case a.number > b.number:
			return 1
		}
		return strings.Compare(a.name, b.name)
	})
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].name
	}
	return names, nil
}

// plain is an error without the path, which the message has already.
func plain(err error) error {
	var of *os.PathError
	if errors.As(err, &of) {
		return of.Err
	}
	var link *os.LinkError
	if errors.As(err, &link) {
		return link.Err
	}
	return err
}
