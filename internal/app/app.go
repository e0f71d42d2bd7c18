// Package app puts the parts of the server together, and starts and stops them in the right order.
package app

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/internal/observe"
	"github.com/luaction/luaction/internal/recording"
	"github.com/luaction/luaction/internal/webhook"
)

// App is a running server. Start makes one.
type App struct {
	settings config.Serve
	log      *slog.Logger
	loader   *script.Loader
	stores   *Stores
	extend   []func(*engine.Options)
	engine   *engine.Engine
	recorder *recording.Recorder // nil for none
	webhook  *webhook.Server
	admin    *admin // nil for none
	listen   net.Listener

	life     context.Context // of the background work
	end      context.CancelFunc
	work     sync.WaitGroup
	loaded   atomic.Bool
	draining atomic.Bool
	release  func() // closes what the configuration opened
	tighten  func() // puts the collector's setting back
	settled  *time.Timer
	failed   chan error
}

// Start loads the scripts, opens the listeners and serves. It returns when calls are taken. A missing or broken scripts
// folder is no error: it shows in the log and is looked for again. If ctx ends while scripts are loaded, Start gives up.
// extend has the program that the server is part of add to what the engine is given.
func Start(ctx context.Context, settings config.Serve, log *slog.Logger, extend ...func(*engine.Options)) (*App, error) {
	a := &App{settings: settings, log: log, extend: extend, failed: make(chan error, 2)}
	a.life, a.end = context.WithCancel(context.Background())
	if err := a.open(); err != nil {
		a.end()
		return nil, err
	}
	var err error
	if a.stores, err = OpenStores(settings.File); err != nil {
		return nil, a.giveUp(err)
	}
	a.tighten = relaxGarbage()
	a.loader = script.NewLoader(script.Options{
		Dir: settings.Scripts, Compile: engine.Compile, Read: engine.Read, Logger: log,
		// What is held is heap, too: scripts must find most of theirs free.
		MaxData: min(memory(int64(settings.Memory))/4, script.MaxData),
	})
	a.loader.Load(ctx)
	if err := ctx.Err(); err != nil {
		a.stores.Close()
		return nil, a.giveUp(err)
	}
	a.loaded.Store(true)
	for _, warning := range Unprovided(settings.File, a.loader.Current()) {
		log.Warn(warning)
	}
	if err := a.serve(); err != nil {
		a.stores.Close()
		return nil, a.giveUp(err)
	}
	a.ready()
	return a, nil
}

// giveUp closes what open has opened, and returns the error.
func (a *App) giveUp(err error) error {
	a.end()
	_ = a.listen.Close()
	a.closeAdmin(context.Background())
	a.work.Wait()
	if a.tighten != nil {
		a.tighten()
	}
	return err
}

// open takes both ports before anything else, since that is what fails most often.
func (a *App) open() error {
	wrap := func(ln net.Listener) net.Listener { return ln }
	if a.settings.SSLCertificate != "" {
		pair, err := loadPair(a.settings.SSLCertificate, a.settings.SSLKeyfile)
		if err != nil {
			return err
		}
		wrap = func(ln net.Listener) net.Listener {
			return tls.NewListener(ln, &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12,
				NextProtos: []string{"http/1.1"}})
		}
	}
	ln, err := listenOn(a.settings.Address(), "--port")
	if err != nil {
		return err
	}
	a.listen = wrap(ln)
	if a.settings.Admin == "" {
		return nil
	}
	ln, err = listenOn(a.settings.Admin, "--admin")
	if err != nil {
		_ = a.listen.Close()
		return err
	}
	a.admin = newAdmin(ln, a.notReady)
	a.work.Go(func() { a.lost("admin", a.admin.serve()) })
	return nil
}

func (a *App) serve() error {
	s := &a.settings
	heap := memory(int64(s.Memory))
	options := engine.Options{Snapshots: a.loader, Timeout: s.Timeout, MaxCalls: s.MaxCalls, Memory: heap,
		Target: s.Target(), Observe: observe.NewCalls(a.log).Observe, Log: a.log, Mask: mask.New(s.Secrets()...)}
	var err error
	if a.release, err = Configure(&options, s.File); err != nil {
		return err
	}
	a.stores.Configure(&options)
	for _, extend := range a.extend {
		extend(&options)
	}
	runner, err := a.record(options.Mask, heap)
	if err != nil {
		a.release()
		return err
	}
	a.engine = engine.New(options)
	auth := webhook.Auth{Token: string(s.Token)}
	auth.BasicUser, auth.BasicPass = s.Basic()
	auth.HeaderName, auth.HeaderText = s.Header()
	a.webhook = webhook.New(webhook.Options{Engine: runner(a.engine), Snapshots: a.loader, MaxBody: int(s.MaxBody),
		MaxInFlight: cmp.Or(int64(s.MaxInFlight), heap/2), Auth: auth, Origins: s.Cors, Log: a.log})
	a.work.Go(func() { a.lost("webhook", a.webhook.Serve(a.listen)) })
	if s.Reload {
		a.work.Go(func() { _ = a.loader.Watch(a.life) })
	}
	return nil
}

// lost reports a listener that ended before it was asked to.
func (a *App) lost(name string, err error) {
	if a.draining.Load() || a.life.Err() != nil {
		return
	}
	a.failed <- fmt.Errorf("the %s listener ended: %w", name, errors.Join(err, errors.New("no more connections are taken")))
}

func (a *App) ready() {
	scheme := "http"
	if a.settings.SSLCertificate != "" {
		scheme = "https"
	}
	now := a.loader.Current()
	attrs := []any{"address", a.Addr().String(), "actions", len(now.Actions), "problems", now.Errors(),
		"scripts", a.settings.Scripts, "snapshot", now.ID()}
	if a.admin != nil {
		attrs = append(attrs, "admin", a.AdminAddr().String())
	}
	a.log.Info("ready on "+scheme+"://"+a.Addr().String(), attrs...)
	a.settled = time.AfterFunc(settleAfter, func() {
		debug.FreeOSMemory()
		forgetPages()
	})
}

// settleAfter is how long after the start what only the start needed is given back.
const settleAfter = 200 * time.Millisecond

// notReady says why calls shouldn't be sent here; nothing if they should.
func (a *App) notReady() []string {
	switch {
	case a.draining.Load():
		return []string{"the server is stopping"}
	case !a.loaded.Load():
		return []string{"the scripts are not loaded yet"}
	}
	return nil
}

// Addr is where the webhook listens.
func (a *App) Addr() net.Addr { return a.listen.Addr() }

// AdminAddr is where the admin listener listens; nil if there is none.
func (a *App) AdminAddr() net.Addr {
	if a.admin == nil {
		return nil
	}
	return a.admin.listen.Addr()
}

// Reload has the scripts read again soon; it doesn't wait.
func (a *App) Reload() {
	if a.settings.Reload {
		a.loader.Trigger()
		return
	}
	a.work.Go(func() { a.loader.Load(a.life) })
}

// Failed gives an error if the server can't go on. Stop has to be called all the same.
func (a *App) Failed() <-chan error { return a.failed }

// Stop takes no more connections, lets the calls in flight end until ctx does, and releases everything. The error is
// ctx's if calls had to be cancelled. It must be called once.
func (a *App) Stop(ctx context.Context) error {
	a.draining.Store(true)
	a.settled.Stop()
	err := a.webhook.Shutdown(ctx)
	_ = a.listen.Close()
	a.end()
	if a.engine.Running() == 0 { // else a call ignores that it was cancelled, and still uses what Close frees
		a.engine.Close()
		a.stores.Close()
	}
	a.stopRecording(ctx)
	a.closeAdmin(ctx)
	a.work.Wait()
	a.release()
	a.tighten()
	return err
}

func (a *App) closeAdmin(ctx context.Context) {
	if a.admin != nil {
		a.admin.close(ctx)
	}
}

// listenOn opens a port; the error says which flag to change.
func listenOn(address, flag string) (net.Listener, error) {
	network := "tcp"
	if host, _, err := net.SplitHostPort(address); err == nil && net.ParseIP(host).To4() != nil {
		network = "tcp4" // or 0.0.0.0 would become [::], and be printed so
	}
	ln, err := net.Listen(network, address)
	if err == nil {
		return ln, nil
	}
	reason, advice := err, "check"
	var op *net.OpError
	if errors.As(err, &op) {
		reason = op.Err
	}
	var call *os.SyscallError
	if errors.As(err, &call) {
		reason = call.Err
	}
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		reason, advice = errors.New("the port is in use"), "stop the other program, or choose another port with"
	case errors.Is(err, syscall.EACCES):
		advice = "choose a port above 1023 with"
	}
	return nil, fmt.Errorf("can't listen on %s: %w; %s %s", address, reason, advice, flag)
}

func loadPair(certificate, key string) (tls.Certificate, error) {
	pair, err := tls.LoadX509KeyPair(certificate, key)
	if err != nil {
		return pair, fmt.Errorf("--ssl-certificate, --ssl-keyfile: %w (both are PEM files, the key not encrypted)", err)
	}
	return pair, nil
}
