package recording

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/luaction/luaction/rasa/jsondoc"
)

// folder is where records lie, and what is in it. One goroutine uses it.
type folder struct {
	dir      string
	maxFiles int
	maxBytes int64
	files    []kept // oldest first
	bytes    int64
	digests  map[string]bool // of the domains that were written
}

type kept struct {
	name string
	size int64
}

// openFolder makes the folder if there is none, and finds out whether files can be written there.
func openFolder(dir string, maxFiles int, maxBytes int64) (*folder, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("the folder %s can't be made: %w", dir, plain(err))
	}
	probe := filepath.Join(dir, ".writable")
	if err := write(probe, nil); err != nil {
		return nil, fmt.Errorf("nothing can be written into %s: %w", dir, plain(err))
	}
	_ = os.Remove(probe)
	sweep(dir)
	names, err := List(dir)
	if err != nil {
		return nil, err
	}
	f := &folder{dir: dir, maxFiles: maxFiles, maxBytes: maxBytes, digests: map[string]bool{}}
	for _, name := range names {
		if info, err := os.Stat(filepath.Join(dir, name)); err == nil {
			f.files, f.bytes = append(f.files, kept{name, info.Size()}), f.bytes+info.Size()
		}
	}
	return f, f.trim(0)
}

// halfWritten is the name of a file that was being written. Nobody goes on with one that is older than abandoned.
var halfWritten = regexp.MustCompile(`^\.(\d{8}T\d{6}\.\d{3}-.*-\d+|domain-[0-9a-f]{16})\.json\.\d+$`)

const abandoned = time.Hour

// sweep deletes what servers that were killed have left half written: nobody would count it, or find it.
func sweep(dir string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if !halfWritten.MatchString(e.Name()) || !e.Type().IsRegular() {
			continue
		}
		if info, err := e.Info(); err == nil && time.Since(info.ModTime()) > abandoned {
			_ = os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// add writes a record, and makes room for it before.
func (f *folder) add(name string, text []byte) error {
	size := int64(len(text))
	if size > f.maxBytes {
		return fmt.Errorf("it is larger than all recordings may be together, %d bytes", f.maxBytes)
	}
	if err := f.trim(size); err != nil {
		return err
	}
	if err := write(filepath.Join(f.dir, name), text); err != nil {
		return err
	}
	f.files, f.bytes = append(f.files, kept{name, size}), f.bytes+size
	return nil
}

// trim deletes the oldest records until one of that size has room.
func (f *folder) trim(size int64) error {
	more := 0
	if size > 0 {
		more = 1
	}
	for len(f.files) > 0 && (len(f.files)+more > f.maxFiles || f.bytes+size > f.maxBytes) {
		oldest := f.files[0]
		if err := os.Remove(filepath.Join(f.dir, oldest.name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		f.files, f.bytes = f.files[1:], f.bytes-oldest.size
	}
	return nil
}

// write makes the whole file appear at once, for its owner only.
func write(path string, text []byte) error {
	dir, name := filepath.Split(path)
	temporary, err := os.CreateTemp(dir, "."+name+".*") // with mode 0600
	if err != nil {
		return err
	}
	_, err = temporary.Write(text)
	err = errors.Join(err, temporary.Close())
	if err == nil {
		err = os.Rename(temporary.Name(), path)
	}
	if err != nil {
		_ = os.Remove(temporary.Name())
	}
	return err
}

// Domains are kept apart: Rasa sends one once, and calls name it by its digest afterwards.
const (
	domainPrefix = "domain-"
	maxDomains   = 8
)

func domainName(digest string) string {
	sum := sha256.Sum256([]byte(digest))
	return domainPrefix + hex.EncodeToString(sum[:8]) + ".json"
}

// addDomain writes a domain unless it was written before.
func (f *folder) addDomain(digest string, domain []byte) error {
	if f.digests[digest] {
		return nil
	}
	text := append(jsondoc.AppendQuote([]byte("{\n  \"digest\": "), digest), ",\n  \"domain\": "...)
	if err := write(filepath.Join(f.dir, domainName(digest)), append(append(text, domain...), "\n}\n"...)); err != nil {
		return err
	}
	if len(f.digests) >= maxDomains {
		clear(f.digests)
	}
	f.digests[digest] = true
	return f.trimDomains()
}

// trimDomains deletes the domains that were written longest ago.
func (f *folder) trimDomains() error {
	type dated struct {
		name string
		at   time.Time
	}
	var list []dated
	for _, name := range domainFiles(f.dir) {
		if info, err := os.Stat(filepath.Join(f.dir, name)); err == nil {
			list = append(list, dated{name, info.ModTime()})
		}
	}
	slices.SortFunc(list, func(a, b dated) int { return a.at.Compare(b.at) })
	for len(list) > maxDomains {
		if err := os.Remove(filepath.Join(f.dir, list[0].name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		list = list[1:]
	}
	return nil
}

func domainFiles(dir string) []string {
	entries, _ := os.ReadDir(dir)
	var names []string
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), domainPrefix) && strings.HasSuffix(e.Name(), ".json") && e.Type().IsRegular() {
			names = append(names, e.Name())
		}
	}
	return names
}

// Domains reads the domains that were kept in a folder, as requests that bring each with its digest. What can't be read is left out: who
// needs it is told that the domain is missing.
func Domains(dir string) [][]byte {
	var requests [][]byte
	for _, name := range domainFiles(dir) {
		text, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			continue
		}
		doc, err := jsondoc.Parse(text)
		if err != nil || doc.Root().Get("domain").Kind() != jsondoc.Object {
			continue
		}
		request := append([]byte(`{"domain_digest":`), doc.Root().Get("digest").Raw()...)
		request = append(append(request, `,"domain":`...), doc.Root().Get("domain").Raw()...)
		requests = append(requests, append(request, '}'))
	}
	return requests
}
