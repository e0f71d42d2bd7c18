// Package webhook speaks Rasa's action server protocol over HTTP. It is thin: it reads a request, hands the call to the
// engine and writes what comes back.
package webhook

import (
	"context"
	"log/slog"
	"net"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/rasa"
)

// Defaults of Options.
const (
	DefaultMaxBody      = 32 << 20
	DefaultMaxInFlight  = 256 << 20
	DefaultReadTimeout  = 30 * time.Second
	DefaultWriteTimeout = 30 * time.Second
	DefaultIdleTimeout  = 120 * time.Second
)

// headerBuffer holds the request line and all headers. Proxies add tracing and identity headers, which 4 KiB can't hold.
const headerBuffer = 16 << 10

// strangerBody is the largest body that is read from a client that presents none of what Auth asks for.
const strangerBody = 64 << 10

// afterLimit is how long calls that were still running when the time for a shutdown was over may take to notice.
const afterLimit = time.Second

// Runner runs calls; an *engine.Engine does.
type Runner interface {
	Run(ctx context.Context, call *rasa.Call, dst []byte) (engine.Answer, *engine.Error)
}

// Snapshots gives the scripts that are served now; a *script.Loader does.
type Snapshots interface{ Current() *script.Snapshot }

// Options say what to serve and to whom. Engine and Snapshots are required; zero values stand for the defaults above.
type Options struct {
	Engine    Runner
	Snapshots Snapshots
	MaxBody   int // bytes of one request, also after inflating
	// MaxInFlight is how many bytes the bodies of all requests that are being answered may take together, as sent and inflated; past
	// it the answer is 503. A request that is alone is answered all the same.
	MaxInFlight int64
	Auth        Auth
	Origins     []string // origins that browsers may call from; "*" for all, and "*" inside an origin stands for any text
	Log         *slog.Logger

	ReadTimeout  time.Duration // for one whole request
	WriteTimeout time.Duration // for one whole answer; it starts when the action has ended
	IdleTimeout  time.Duration // for a connection between two requests
}

// Server answers HTTP requests. New makes one.
type Server struct {
	opts     Options
	log      *slog.Logger
	app      *fiber.App
	methods  []string        // that fiber can route
	base     context.Context // of every call; ends when the server gives up on those still running
	stop     context.CancelFunc
	calls    sync.Pool // of *rasa.Call
	inflates sync.Pool // of *inflater
	conns    connections
	room     room
}

// New makes a server; Serve starts it.
func New(opts Options) *Server {
	s := &Server{opts: opts.withDefaults()}
	s.log = s.opts.Log
	s.room.size = s.opts.MaxInFlight
	s.conns.room = &s.room
	s.conns.slack = min(mostSlack, min(s.opts.ReadTimeout, s.opts.WriteTimeout, s.opts.IdleTimeout)/8)
	s.base, s.stop = context.WithCancel(context.Background())
	s.calls.New = func() any { return new(rasa.Call) }
	s.inflates.New = func() any { return new(inflater) }
	s.app = fiber.New(fiber.Config{
		AppName:                      "luaction",
		DisableStartupMessage:        true,
		DisablePreParseMultipartForm: true,
		CaseSensitive:                true,
		BodyLimit:                    s.opts.MaxBody,
		ReadBufferSize:               headerBuffer,
		ReadTimeout:                  s.opts.ReadTimeout,
		WriteTimeout:                 s.opts.WriteTimeout,
		IdleTimeout:                  s.opts.IdleTimeout,
		ErrorHandler:                 s.fault,
	})
	s.methods = s.app.Config().RequestMethods
	s.routes()
	server := s.app.Server()
	inner := s.app.Handler()
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		body, fits := s.room.enter(&ctx.Request, s.conns.arrive(ctx.Conn()))
		if !fits {
			s.answerBare(ctx, fiber.StatusServiceUnavailable, noRoom)
			return
		}
		defer s.room.give(body)
		if s.wellFormed(ctx) {
			inner(ctx)
		}
	}
	server.HeaderReceived = s.bodyLimit
	server.CloseOnShutdown = true
	server.ConnState = s.conns.note
	return s
}

func (o Options) withDefaults() Options {
	if o.MaxBody <= 0 {
		o.MaxBody = DefaultMaxBody
	}
	if o.MaxInFlight <= 0 {
		o.MaxInFlight = DefaultMaxInFlight
	}
	if o.ReadTimeout <= 0 {
		o.ReadTimeout = DefaultReadTimeout
	}
	if o.WriteTimeout <= 0 {
		o.WriteTimeout = DefaultWriteTimeout
	}
	if o.IdleTimeout <= 0 {
		o.IdleTimeout = DefaultIdleTimeout
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return o
}

func (s *Server) routes() {
	s.app.Use(s.rescue)
	if len(s.opts.Origins) > 0 {
		s.app.Use(newOrigins(s.opts.Origins).handle)
	}
	if s.opts.Auth.required() {
		s.app.Use(s.authenticate)
	}
	s.app.Get("/health", s.health)
	s.app.Get("/actions", s.actions)
	s.app.Post("/webhook", s.call)
}

// Serve answers on ln until Shutdown, and closes it. It returns nil after Shutdown.
func (s *Server) Serve(ln net.Listener) error {
	return s.app.Listener(s.conns.wrap(ln, s.log))
}

// Shutdown stops accepting and waits for the calls in flight until ctx ends. Those that still run then are cancelled, and
// every connection is closed; the error is ctx's.
func (s *Server) Shutdown(ctx context.Context) error {
	closing, done := context.WithCancel(ctx)
	defer done()
	go s.conns.closeIdle(closing)
	err := s.app.ShutdownWithContext(ctx)
	s.stop()
	if err != nil {
		last, cancel := context.WithTimeout(context.Background(), afterLimit)
		defer cancel()
		s.conns.waitClosed(last)
		s.conns.closeAll()
	}
	return err
}

// bodyLimit keeps strangers from having large bodies read before they are refused, and everybody from filling the memory.
func (s *Server) bodyLimit(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	var c fasthttp.RequestConfig
	switch {
	case s.opts.Auth.required() && s.opts.MaxBody > strangerBody && !s.opts.Auth.allows(h):
		c.MaxRequestBodySize = strangerBody
	case h.ContentLength() <= s.opts.MaxBody && !s.room.announced(h):
		c.MaxRequestBodySize = 1 // none of it; fault says why
	}
	if unannounced(h) {
		c.ReadTimeout = s.opts.ReadTimeout
	}
	return c
}
