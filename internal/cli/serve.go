package cli

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/internal/app"
	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/internal/observe"
)

type serveParams struct {
	Config string `env:"LUACTION_CONFIG" placeholder:"FILE" help:"Configuration in YAML; flags and environment win over it."`

	config.Serve `embed:""`
}

// Run serves until a signal ends it.
func (p *serveParams) Run(s Streams, file *configured) error {
	p.File = file.File
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	defer signal.Stop(signals)
	return serve(p.Serve, s, signals)
}

// serve runs the server until SIGTERM or SIGINT; SIGHUP reloads the scripts, and a second SIGTERM or SIGINT ends it at once.
func serve(settings config.Serve, s Streams, signals <-chan os.Signal) error {
	if err := settings.Check(); err != nil {
		return err
	}
	log, closeLog, err := observe.NewLogger(settings.Logs, s.Err, mask.New(settings.Secrets()...))
	if err != nil {
		return err
	}
	defer func() { _ = closeLog() }()
	refreshStubs(settings.Scripts, s, log)
	server, err := start(settings, s, log, signals)
	if server == nil || err != nil {
		return err
	}
	for {
		select {
		case err := <-server.Failed():
			log.Error("stopping", "err", err)
			return errors.Join(err, stop(server, settings, log, signals))
		case sig := <-signals:
			if sig == syscall.SIGHUP {
				log.Info("reloading", "signal", sig.String())
				server.Reload()
				continue
			}
			log.Info("stopping", "signal", sig.String(), "limit", settings.ShutdownTimeout.String())
			return stop(server, settings, log, signals)
		}
	}
}

// start starts the server; a signal meanwhile ends it, and then there is none.
func start(settings config.Serve, s Streams, log *slog.Logger, signals <-chan os.Signal) (*app.App, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	type result struct {
		server *app.App
		err    error
	}
	started := make(chan result, 1)
	go func() {
		server, err := app.Start(ctx, settings, log, func(o *engine.Options) { o.Values = s.Values })
		started <- result{server, err}
	}()
	for ended := false; ; {
		select {
		case r := <-started:
			if ended && r.server != nil {
				return nil, r.server.Stop(ctx)
			}
			if ended && errors.Is(r.err, context.Canceled) {
				return nil, nil
			}
			return r.server, r.err
		case sig := <-signals:
			if sig != syscall.SIGHUP {
				ended = true
				cancel()
			}
		}
	}
}

// stop ends the server in the time that the settings give, or at once at another signal. Calls that had to be cut off are
// logged, and no failure: the operator set the limit.
func stop(server *app.App, settings config.Serve, log *slog.Logger, signals <-chan os.Signal) error {
	ctx, cancel := context.WithTimeout(context.Background(), settings.ShutdownTimeout)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- server.Stop(ctx) }()
	for {
		select {
		case err := <-done:
			if err != nil {
				log.Warn("calls were cut off, because they ran longer than --shutdown-timeout")
			}
			log.Info("stopped")
			return nil
		case sig := <-signals:
			if sig != syscall.SIGHUP {
				return failed("ended at once by a second signal (%s)", sig)
			}
		}
	}
}
