// Package config holds the settings of the server: what they are called, where they come from and what they must be.
package config

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/luaction/luaction/internal/recording"
	"github.com/luaction/luaction/rasa"
)

// Serve is every setting of the server. The tags declare flags, environment variables and defaults, for whoever fills the
// struct; flags win over the environment, that over the file, and that over defaults. A tag infile says that a text is a path,
// which in a file is relative to it. Check must be called before it is used.
type Serve struct {
	Scripts string `env:"LUACTION_SCRIPTS" default:"scripts" help:"Folder with the actions." infile:"path"`
	Host    string `env:"LUACTION_HOST" default:"0.0.0.0" help:"Address that Rasa's calls are taken on."`
	Port    int    `short:"p" env:"LUACTION_PORT" default:"5055" help:"Port for them; 0 is any free one, printed when ready."`
	Admin   string `env:"LUACTION_ADMIN" default:"127.0.0.1:5056" help:"Second listener, with /healthz and /readyz; empty for none."`

	Timeout         time.Duration `env:"LUACTION_TIMEOUT" default:"10s" help:"Deadline of one call."`
	Memory          Size          `env:"LUACTION_MEMORY" placeholder:"SIZE" help:"Heap at which running scripts are stopped; a quarter of the container's limit, at most 512MiB, unless given."`
	MaxBody         Size          `env:"LUACTION_MAX_BODY" default:"32MiB" help:"Largest request, also after inflating."`
	MaxInFlight     Size          `env:"LUACTION_MAX_IN_FLIGHT" placeholder:"SIZE" help:"What all requests that are being answered may take together; past it the answer is 503; half of --memory unless given."`
	MaxCalls        int           `env:"LUACTION_MAX_CALLS" default:"1024" help:"Calls that run at once; past it the answer is 503."`
	ShutdownTimeout time.Duration `env:"LUACTION_SHUTDOWN_TIMEOUT" default:"25s" help:"How long running calls may take to end after SIGTERM."`
	TargetVersion   string        `env:"LUACTION_TARGET_VERSION" placeholder:"X.Y" help:"The Rasa that answers are checked for, such as 3.6; what each call says of itself unless given."`
	Reload          bool          `env:"LUACTION_RELOAD" default:"true" negatable:"" help:"Watch the folder and reload scripts that changed."`

	Access  `embed:""`
	Logs    `embed:""`
	Records `embed:""`

	// File is the configuration file; nil without one.
	File *File `kong:"-"`
}

// Access is who may call, and how.
type Access struct {
	Token          Secret   `env:"LUACTION_TOKEN" help:"Token that Rasa must send as the query parameter token."`
	TokenFile      string   `env:"LUACTION_TOKEN_FILE" placeholder:"FILE" help:"File that holds it." infile:"path"`
	BasicAuth      Secret   `env:"LUACTION_BASIC_AUTH" placeholder:"USER:PASSWORD" help:"User and password that Rasa must send."`
	BasicAuthFile  string   `env:"LUACTION_BASIC_AUTH_FILE" placeholder:"FILE" help:"File that holds them." infile:"path"`
	AuthHeader     Secret   `env:"LUACTION_AUTH_HEADER" placeholder:"NAME:VALUE" help:"Header that Rasa must send."`
	AuthHeaderFile string   `env:"LUACTION_AUTH_HEADER_FILE" placeholder:"FILE" help:"File that holds it." infile:"path"`
	Cors           []string `env:"LUACTION_CORS" placeholder:"ORIGIN" help:"Origins that browsers may call from; * for all. Can be repeated."`
	SSLCertificate string   `name:"ssl-certificate" env:"LUACTION_SSL_CERTIFICATE" placeholder:"FILE" help:"Certificate, and the chain to its authority, as PEM. Serves HTTPS." infile:"path"`
	SSLKeyfile     string   `name:"ssl-keyfile" env:"LUACTION_SSL_KEYFILE" placeholder:"FILE" help:"The certificate's key as PEM, not encrypted." infile:"path"`
}

// Logs is what is logged, how and where.
type Logs struct {
	LogFormat string `env:"LUACTION_LOG_FORMAT" enum:"auto,text,json" default:"auto" help:"text, json, or auto: text on a terminal, else json."`
	LogFile   string `env:"LUACTION_LOG_FILE" placeholder:"FILE" help:"File that log lines are also appended to." infile:"path"`
	Verbose   int    `short:"v" type:"counter" help:"Log more: -v is the usual amount (calls and reloads), -vv adds details."`
	Debug     bool   `help:"Same as -vv."`
	Quiet     bool   `help:"Log warnings and errors only."`
}

// Records is what is kept of the calls, for luaction replay.
type Records struct {
	Record       string   `env:"LUACTION_RECORD" placeholder:"DIR" help:"Keep requests and answers as files in this folder, for luaction replay. They hold what people said." infile:"path"`
	RecordLimit  int      `env:"LUACTION_RECORD_LIMIT" default:"1000" help:"Calls that are kept; the oldest are deleted."`
	RecordSize   Size     `env:"LUACTION_RECORD_SIZE" default:"256MiB" help:"What they may take together; the oldest are deleted."`
	RecordRedact []string `env:"LUACTION_RECORD_REDACT" placeholder:"PATH" help:"What is replaced by a placeholder in them: a name, or names with dots, such as slots.password or metadata.*. Can be repeated."`
}

// check says what is wrong; scripts is the folder with the actions.
func (r *Records) check(scripts string) []error {
	var wrong []error
	if r.Record != "" && isBelow(r.Record, scripts) {
		wrong = append(wrong, usage("--record: %s lies in the folder with the actions, where each recording would be a data file; name another folder", r.Record))
	}
	if r.Record != "" && r.RecordLimit < 1 {
		wrong = append(wrong, usage("--record-limit: must be 1 or more, and it is %d", r.RecordLimit))
	}
	if r.Record != "" && r.RecordSize < minRecords {
		wrong = append(wrong, usage("--record-size: must be at least %s, and it is %s", Size(minRecords), r.RecordSize))
	}
	if _, err := recording.ParseRules(r.RecordRedact); err != nil {
		for line := range strings.Lines(err.Error()) {
			wrong = append(wrong, usage("--record-redact: %s", strings.TrimSpace(line)))
		}
	}
	return wrong
}

// minRecords is what a few calls take.
const minRecords = 1 << 20

func isBelow(path, dir string) bool {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return false
	}
	if dir, err = filepath.Abs(dir); err != nil {
		return false
	}
	below, err := filepath.Rel(resolved(dir), resolved(absolute))
	return err == nil && below != ".." && !strings.HasPrefix(below, ".."+string(filepath.Separator))
}

// resolved follows the links in as much of a path as there is.
func resolved(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if outer := filepath.Dir(path); outer != path {
		return filepath.Join(resolved(outer), filepath.Base(path))
	}
	return path
}

// Secrets are all values that must not show, those of the file included. Complete after Check.
func (s *Serve) Secrets() []string {
	secrets := append([]string{string(s.Token), string(s.BasicAuth), string(s.AuthHeader)}, s.File.Secrets()...)
	_, password := s.Basic()
	_, value := s.Header()
	if user, _ := s.Basic(); user != "" {
		secrets = append(secrets, base64.StdEncoding.EncodeToString([]byte(s.BasicAuth)))
	}
	return append(secrets, password, value)
}

// UsageError is a mistake in how the server was called.
type UsageError struct{ Message string }

// Error is the message.
func (e *UsageError) Error() string { return e.Message }

func usage(format string, args ...any) error { return &UsageError{fmt.Sprintf(format, args...)} }

// Check reads the files that hold secrets, and says what is wrong with the settings: all of it, one *UsageError each.
func (s *Serve) Check() error {
	var wrong []error
	if s.Scripts == "" {
		wrong = append(wrong, usage("--scripts: name the folder with the actions, such as --scripts scripts"))
	}
	if s.Port < 0 || s.Port > 65535 {
		wrong = append(wrong, usage("--port: must be between 0 and 65535, and it is %d", s.Port))
	}
	if s.Timeout <= 0 {
		wrong = append(wrong, usage("--timeout: must be more than 0, such as 10s, and it is %s", s.Timeout))
	}
	if s.ShutdownTimeout < 0 {
		wrong = append(wrong, usage("--shutdown-timeout: can't be less than 0, and it is %s", s.ShutdownTimeout))
	}
	if s.MaxCalls < 1 {
		wrong = append(wrong, usage("--max-calls: must be 1 or more, and it is %d", s.MaxCalls))
	}
	if s.Memory != 0 && s.Memory < minMemory {
		wrong = append(wrong, usage("--memory: must be at least %s, and it is %s", Size(minMemory), s.Memory))
	}
	if s.TargetVersion != "" && !s.Target().Known() {
		wrong = append(wrong, usage("--target-version: must be the version of your Rasa, such as 3.6 or 3.16.2, and it is %q", s.TargetVersion))
	}
	if s.MaxBody < 1 || s.MaxBody > maxBody {
		wrong = append(wrong, usage("--max-body: must be between 1B and %s, and it is %s", Size(maxBody), s.MaxBody))
	}
	if s.Admin != "" {
		if _, port, err := net.SplitHostPort(s.Admin); err != nil || !isPort(port) {
			wrong = append(wrong, usage("--admin: must be HOST:PORT, such as 127.0.0.1:5056, or empty for none, and it is %q", s.Admin))
		}
	}
	wrong = append(wrong, s.Access.check()...)
	wrong = append(wrong, s.Records.check(s.Scripts)...)
	if s.Quiet && (s.Verbose > 0 || s.Debug) {
		wrong = append(wrong, usage("--quiet: is the opposite of -v and --debug; give one of them"))
	}
	return errors.Join(s.File.blame(wrong)...)
}

// minMemory is what the server needs for itself and a few scripts.
const minMemory = 32 << 20

// maxBody is what the HTTP library can count on every platform.
const maxBody = 1 << 30

func isPort(text string) bool {
	_, err := strconv.ParseUint(text, 10, 16)
	return err == nil
}

func (a *Access) check() []error {
	var wrong []error
	for _, s := range []struct {
		flag string
		into *Secret
		file string
	}{
		{"token", &a.Token, a.TokenFile},
		{"basic-auth", &a.BasicAuth, a.BasicAuthFile},
		{"auth-header", &a.AuthHeader, a.AuthHeaderFile},
	} {
		if err := fromFile(s.flag, s.into, s.file); err != nil {
			wrong = append(wrong, err)
		}
	}
	if len(wrong) > 0 {
		return wrong
	}
	if user, _, found := strings.Cut(string(a.BasicAuth), ":"); a.BasicAuth != "" && (!found || user == "") {
		wrong = append(wrong, usage("--basic-auth: must be USER:PASSWORD"))
	}
	if name, _ := a.Header(); a.AuthHeader != "" && !isHeaderName(name) {
		wrong = append(wrong, usage("--auth-header: must be NAME:VALUE, such as \"X-Api-Key: secret\""))
	} else if _, value := a.Header(); a.AuthHeader != "" && value == "" {
		wrong = append(wrong, usage("--auth-header: has no value after the colon"))
	}
	if (a.SSLCertificate == "") != (a.SSLKeyfile == "") {
		wrong = append(wrong, usage("--ssl-certificate and --ssl-keyfile: give both, or neither"))
	}
	return wrong
}

// fromFile fills a secret from its file. An empty file is a mistake: it would open the door silently.
func fromFile(flag string, into *Secret, path string) error {
	if path == "" {
		return nil
	}
	if *into != "" {
		return usage("--%s and --%s-file: give one of them", flag, flag)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return usage("--%s-file: %v", flag, err)
	}
	if *into = Secret(strings.TrimRight(string(text), "\r\n")); *into == "" {
		return usage("--%s-file: %s is empty", flag, path)
	}
	return nil
}

// Basic returns the user and the password that Rasa must send.
func (a *Access) Basic() (user, password string) {
	user, password, _ = strings.Cut(string(a.BasicAuth), ":")
	return user, password
}

// Header returns the header that Rasa must send.
func (a *Access) Header() (name, value string) {
	name, value, _ = strings.Cut(string(a.AuthHeader), ":")
	return strings.TrimSpace(name), strings.TrimSpace(value)
}

func isHeaderName(name string) bool {
	for _, c := range []byte(name) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"(),/:;<=>?@[\\]{}", c) >= 0 {
			return false
		}
	}
	return name != ""
}

// Target is the Rasa that answers are checked for; the zero Target if each call says it.
func (s *Serve) Target() rasa.Target { return rasa.TargetFor(s.TargetVersion) }

// Address is where the webhook listens.
func (s *Serve) Address() string { return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) }
