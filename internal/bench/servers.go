package main

import (
	"context"
	"fmt"
	"log"
	"net"
	"os"
	"path/filepath"
	"runtime/pprof"
	"sync/atomic"

	"github.com/gofiber/fiber/v2"

	"github.com/luaction/luaction/internal/bench/native"
	"github.com/luaction/luaction/internal/cli"
)

// servers are the started ones; the floor is the first.
type servers []*process

func (s servers) stop() {
	for _, p := range s {
		p.stop()
	}
}

// startAll starts what the settings want. What is not at hand is said and left out.
func startAll(s *settings) (all servers, err error) {
	defer func() {
		if err != nil {
			all.stop()
			all = nil
		}
	}()
	add := func(p *process, err error) error {
		if p != nil {
			all = append(all, p)
		}
		return err
	}
	if err := add(startSelf("floor")); err != nil {
		return all, err
	}
	if s.wants("native") {
		if err := add(startSelf("native")); err != nil {
			return all, err
		}
	}
	if s.wants("python") {
		sdk, err := startPython(s.python)
		if err != nil {
			fmt.Fprintln(os.Stderr, "the Python SDK is left out:", err)
		}
		_ = add(sdk, nil)
	}
	scripts := filepath.Join("testdata", "bench", "scripts")
	if s.beside != "" {
		if err := add(startOurs("other", s.beside, scripts, "")); err != nil {
			return all, err
		}
	}
	if s.wants("luaction") {
		return all, add(startOurs("luaction", s.binary, scripts, s.profile))
	}
	return all, nil
}

// startSelf starts this program as one of the servers.
func startSelf(role string) (*process, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return start(role, address, self, "-role", role, "-address", address)
}

// startOurs starts the built server, or, if a profile is wanted, the same code in this program. --quiet: a line per call costs more than
// most calls, and the others write none.
func startOurs(name, binary, scripts, profile string) (*process, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(address)
	args := []string{"serve", "--scripts", scripts, "--host", "127.0.0.1", "--port", port, "--admin", "", "--quiet", "--reload=false"}
	if profile != "" {
		self, err := os.Executable()
		if err != nil {
			return nil, err
		}
		binary, args = self, append([]string{"-role", "luaction", "-profile", profile, "--"}, args...)
	}
	return start(name, address, binary, args...)
}

func serveProfiled(profile string, args []string) error {
	f, err := os.Create(profile)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := pprof.StartCPUProfile(f); err != nil {
		return err
	}
	defer pprof.StopCPUProfile()
	if code := cli.Main(args, cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}); code != 0 {
		return fmt.Errorf("luaction ended with %d", code)
	}
	return nil
}

func newFiber() *fiber.App {
	app := fiber.New(fiber.Config{DisableStartupMessage: true, BodyLimit: 32 << 20})
	app.Get("/health", func(c *fiber.Ctx) error { return c.SendString("ok") })
	return app
}

// serveFloor is the yardstick: Fiber with the server's settings, and nothing done with the body. What it answers is set by POST /answer.
func serveFloor(address string) error {
	app := newFiber()
	var text atomic.Pointer[[]byte]
	text.Store(&[]byte{})
	app.Post("/answer", func(c *fiber.Ctx) error {
		body := append([]byte(nil), c.Request().Body()...)
		text.Store(&body)
		return nil
	})
	app.Post("/webhook", func(c *fiber.Ctx) error {
		c.Context().SetContentType(fiber.MIMEApplicationJSON)
		c.Context().SetBody(*text.Load())
		return nil
	})
	return app.Listen(address)
}

// serveNative is what a Go programmer would write by hand: Fiber, the standard JSON library, and structs of what each action needs.
func serveNative(address string) error {
	app := newFiber()
	app.Post("/webhook", func(c *fiber.Ctx) error {
		answer, err := native.Answer(context.Background(), c.Request().Body())
		if err != nil {
			log.Print(err)
			return fiber.ErrBadRequest
		}
		c.Context().SetContentType(fiber.MIMEApplicationJSON)
		c.Context().SetBody(answer)
		return nil
	})
	return app.Listen(address)
}
