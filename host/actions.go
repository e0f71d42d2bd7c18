package host

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/app"
	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/internal/webhook"
	"github.com/luaction/luaction/rasa"
)

// Settings say which actions Open opens. Scripts is required.
type Settings struct {
	// Scripts is the folder with the actions.
	Scripts string
	// Values are as in Options.
	Values map[string]Value
	// Config is a configuration file as luaction serve --config takes it, of which the sections for scripts count: services,
	// environment, time zone, actions; none if "".
	Config string
	// Timeout is the deadline of one call; 10 s if 0. A request's context may end it before.
	Timeout time.Duration
	// MaxCalls is how many calls run at once; 1024 if 0.
	MaxCalls int
	// MaxBody is how many bytes a request may have; 32 MiB if 0.
	MaxBody int64
	// Log is where scripts' log lines go, and what is wrong with them; nowhere if nil.
	Log *slog.Logger
}

// Actions are the actions of a folder, ready to be called. They are safe for concurrent use.
type Actions struct {
	loader  *script.Loader
	engine  *engine.Engine
	release func()
	maxBody int64
	calls   sync.RWMutex // held by calls for reading, by Close for writing
	closed  bool
}

// Open loads the scripts. A script with a mistake is no error: it is in the log, and its action is not there. Close ends what Open
// has begun.
func Open(s Settings) (*Actions, error) {
	values, err := check(s.Values)
	if err != nil {
		return nil, err
	}
	if s.Scripts == "" {
		return nil, errors.New("host: Settings.Scripts must be the folder with the actions")
	}
	if s.Log == nil {
		s.Log = slog.New(slog.DiscardHandler)
	}
	if s.MaxBody == 0 {
		s.MaxBody = webhook.DefaultMaxBody
	}
	var file *config.File
	if s.Config != "" {
		if file, err = config.Load(s.Config); err != nil {
			return nil, err
		}
	}
	a := &Actions{maxBody: s.MaxBody}
	a.loader = script.NewLoader(script.Options{Dir: s.Scripts, Compile: engine.Compile, Read: engine.Read, Logger: s.Log})
	options := engine.Options{Snapshots: a.loader, Timeout: s.Timeout, MaxCalls: s.MaxCalls, Memory: engine.DefaultMemory, Log: s.Log,
		Values: values, Mask: mask.New(file.Secrets()...)}
	if a.release, err = app.Configure(&options, file); err != nil {
		a.release()
		return nil, err
	}
	a.loader.Load(context.Background())
	a.engine = engine.New(options)
	return a, nil
}

// Watch loads scripts again when they are saved, until ctx ends; it returns why it ended.
func (a *Actions) Watch(ctx context.Context) error { return a.loader.Watch(ctx) }

// Close waits for the calls in flight, and releases everything. A method of a Go value that never returns keeps what its call has.
func (a *Actions) Close() {
	a.calls.Lock()
	defer a.calls.Unlock()
	if a.closed {
		return
	}
	a.closed = true
	a.engine.Close()
	a.release()
}

// Answer runs one call, a request as Rasa sends it to POST /webhook, and returns the status and body of the answer. The request's
// bytes must not be changed afterwards.
func (a *Actions) Answer(ctx context.Context, request []byte) (status int, answer []byte) {
	a.calls.RLock()
	defer a.calls.RUnlock()
	if a.closed {
		return http.StatusServiceUnavailable, webhook.Refusal("the server is stopping")
	}
	call, err := rasa.ParseCall(request)
	if err != nil {
		message := "the request is no call that can be run"
		if fault := (*rasa.CallError)(nil); errors.As(err, &fault) {
			message = fault.Message
		}
		return http.StatusBadRequest, webhook.Refusal(message)
	}
	if call.Action == "" {
		return http.StatusOK, []byte("null")
	}
	done, failed := a.engine.Run(ctx, call, nil)
	if failed != nil {
		return webhook.Reply(failed)
	}
	return http.StatusOK, done.Body
}

// ServeHTTP answers Rasa's POST, at whatever path the program has it. Authentication is the program's.
func (a *Actions) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	status, body := a.serve(w, r)
	w.Header().Set("Content-Type", "application/json")
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "1")
	}
	w.WriteHeader(status)
	_, _ = w.Write(body)
}

func (a *Actions) serve(w http.ResponseWriter, r *http.Request) (status int, body []byte) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return http.StatusMethodNotAllowed, webhook.Refusal("send the call with POST")
	}
	if packed := r.Header.Get("Content-Encoding"); packed != "" && packed != "identity" {
		return http.StatusUnsupportedMediaType, webhook.Refusal("send the body as it is")
	}
	request, err := io.ReadAll(http.MaxBytesReader(w, r.Body, a.maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge, webhook.Refusal(fmt.Sprintf("the body is larger than %d bytes", tooLarge.Limit))
	case err != nil:
		return http.StatusBadRequest, webhook.Refusal("the body can't be read")
	}
	return a.Answer(r.Context(), request)
}
