package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// maxFile is the largest configuration file, and the largest file of a secret, in bytes.
const maxFile = 1 << 20

// File is what a configuration file says. Load makes one. The parts that modules need are plain values, which internal/app hands
// to the engine's options.
type File struct {
	// HTTP are the services that scripts call by name, HTTPAllow the hosts that they may name in full URLs.
	HTTP      map[string]HTTPService
	HTTPAllow []string
	// SQL are the databases by name.
	SQL map[string]Database
	// KV is where kv keeps things.
	KV KV
	// Env are the environment variables that scripts may read, with what they hold.
	Env []Variable
	// Location is the zone of times without an offset; UTC unless given.
	Location *time.Location
	// OnError is the whole answer, as JSON, in the place of that of an action that failed; nil for none.
	OnError []byte
	// Actions are the settings of single actions by name.
	Actions map[string]Action

	path    string
	flags   map[string]flagValue
	used    map[string]Place // the flags whose value was taken from here
	secrets []string
}

// HTTPService is a service that scripts call by its name.
type HTTPService struct {
	URL       Secret            // http or https, with a host; what a script names goes behind its path
	Headers   map[string]Secret // by name as written
	BasicAuth *BasicAuth        // nil for none; never beside Bearer
	Bearer    Secret            // "" for none
	Timeout   time.Duration     // of one request; DefaultServiceTimeout unless given
	CAFile    string            // PEM, beside the system's authorities; "" for none
}

// BasicAuth is a user and a password.
type BasicAuth struct {
	Username string
	Password Secret
}

// Database is a database that scripts open by its name.
type Database struct {
	URL            Secret // "sqlite:<path>", "postgres://…" or "mysql://…"; a path is absolute or relative to the working directory
	MaxConnections int    // DefaultConnections unless given
	ReadOnly       bool
	Timeout        time.Duration // of one statement; DefaultServiceTimeout unless given
}

// KV is where kv keeps things: "memory", "file:<path>", "redis://…" or "rediss://…".
type KV struct{ URL Secret }

// Variable is an environment variable that scripts may read. Set: it is there, maybe empty.
type Variable struct {
	Name, Value string
	Set         bool
}

// Defaults of services and databases.
const (
	DefaultServiceTimeout = 5 * time.Second
	DefaultConnections    = 10
)

// Action is what one action has of its own.
type Action struct {
	Timeout time.Duration // 0: as all
	Domain  string        // "auto", "needed" or "never"
	// OnError is as File's, empty but not nil if this action has none although all have; nil: as all.
	OnError []byte
	Place   Place
}

// Place is where something stands in a configuration file.
type Place struct {
	File         string
	Line, Column int
}

// String is file:line:column.
func (p Place) String() string { return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column) }

// flagValue is what the file has for a flag, as kong takes it: a text, or a list of texts.
type flagValue struct {
	value any
	place Place
}

// Load reads a configuration file. Paths in it are relative to it. The error is one *UsageError for each mistake, with its
// place; none of them repeats a secret.
func Load(path string) (*File, error) {
	data, err := readRegular(path)
	if err != nil {
		return nil, usage("--config: %v", err)
	}
	return Parse(path, data, Surroundings{Env: os.LookupEnv, Read: readRegular})
}

// Survey is Load for who reaches nothing: a variable of the environment that isn't set, and the file of a secret that isn't there, are
// no mistakes, and what is made of them can't be used.
func Survey(path string) (*File, error) {
	data, err := readRegular(path)
	if err != nil {
		return nil, usage("--config: %v", err)
	}
	return Parse(path, data, Surroundings{Env: os.LookupEnv, Read: readRegular, Partial: true})
}

// Surroundings are what a file may take values from.
type Surroundings struct {
	Env     func(name string) (string, bool)
	Read    func(path string) ([]byte, error)
	Partial bool // variables and files that aren't there are no mistakes
}

// Parse is Load for a file whose text is at hand.
func Parse(path string, data []byte, around Surroundings) (*File, error) {
	r := &reader{name: path, dir: filepath.Dir(path), around: around}
	f := &File{path: path, KV: KV{URL: "memory"}, Location: time.UTC, flags: map[string]flagValue{}, used: map[string]Place{}}
	if root := r.parse(data); root != nil {
		r.file(root, f)
	}
	f.secrets = r.secrets
	return f, r.err()
}

// Value returns what the file has for the flag of that name ("max-calls"), as kong takes it; nil if it has nothing.
func (f *File) Value(flag string) any {
	found, ok := f.flags[keyOf(flag)]
	if !ok {
		return nil
	}
	f.used[flag] = found.place
	return found.value
}

// blame has mistakes in flags whose value came from the file name their place there.
func (f *File) blame(wrong []error) []error {
	if f == nil {
		return wrong
	}
	for i, err := range wrong {
		flag, rest, found := strings.Cut(err.Error(), ":")
		if place, used := f.used[strings.TrimPrefix(flag, "--")]; found && used {
			wrong[i] = usage("%s: %s%s", place, keyOf(strings.TrimPrefix(flag, "--")), rest)
		}
	}
	return wrong
}

// Secrets are the values of the file that must not show.
func (f *File) Secrets() []string {
	if f == nil {
		return nil
	}
	return f.secrets
}

// readRegular reads a small file.
func readRegular(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, plainError(path, err)
	}
	defer file.Close()
	var text bytes.Buffer
	n, err := io.Copy(&text, io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, plainError(path, err)
	}
	if n > maxFile {
		return nil, fmt.Errorf("%s is larger than 1 MiB, the most that is read", path)
	}
	return text.Bytes(), nil
}

func plainError(path string, err error) error {
	var cause *os.PathError
	switch {
	case errors.Is(err, os.ErrNotExist):
		return fmt.Errorf("there is no file %s", path)
	case errors.As(err, &cause):
		err = cause.Err
	}
	return fmt.Errorf("%s can't be read: %w", path, err)
}
