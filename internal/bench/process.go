package main

import (
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// process is a server of the comparison, as a process of its own.
type process struct {
	cmd *exec.Cmd
	url string
}

func startServer(binary, scripts string) (*process, error) {
	addr, err := freeAddress()
	if err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(addr)
	return start(addr, binary, "serve", "--scripts", scripts, "--host", "127.0.0.1", "--port", port, "--admin", "", "--quiet", "--reload=false")
}

func startFloor(answer string) (*process, error) {
	addr, err := freeAddress()
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	return start(addr, self, "-floor", addr, "-answer", answer)
}

func start(addr string, name string, args ...string) (*process, error) {
	p := &process{cmd: exec.Command(name, args...), url: "http://" + addr}
	p.cmd.Stderr = os.Stderr
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for range 100 {
		if status, _, err := fasthttp.Get(nil, p.url+"/health"); err == nil && status == fasthttp.StatusOK {
			return p, nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.stop()
	return nil, fmt.Errorf("%s did not get ready", name)
}

func (p *process) stop() {
	if err := p.cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
		log.Print(err)
	}
	_ = p.cmd.Wait()
}

// cpu is the process's user and system time so far.
func (p *process) cpu() (time.Duration, error) {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/stat")
	if err != nil {
		return 0, err
	}
	// The second field is the name in parentheses and may hold blanks; times are fields 14 and 15, in ticks of 10 ms.
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	ticks := 0
	for _, field := range fields[11:13] {
		n, err := strconv.Atoi(field)
		if err != nil {
			return 0, err
		}
		ticks += n
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// serveFloor is the yardstick: Fiber with the server's settings, and nothing done with the body.
func serveFloor(addr, answer string) {
	app := fiber.New(fiber.Config{DisableStartupMessage: true, BodyLimit: 32 << 20})
	text := []byte(answer)
	app.Post("/webhook", func(c *fiber.Ctx) error {
		c.Context().SetContentType(fiber.MIMEApplicationJSON)
		c.Context().SetBody(text)
		return nil
	})
	app.Get("/health", func(c *fiber.Ctx) error { return c.SendString("ok") })
	log.Fatal(app.Listen(addr))
}
