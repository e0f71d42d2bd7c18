// Command cmd replays the recorded cases against a built server, one fresh server for each case.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/luaction/luaction/internal/replay"
)

func main() {
	server := flag.String("server", "bin/luaction", "the built server")
	only := flag.String("only", "", "part of a case's name")
	flag.Parse()
	root := flag.Arg(0)
	pending, err := replay.Pending(filepath.Join(root, "pending.txt"))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	cases, err := replay.Load(root)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	passed, failed, skipped := 0, 0, 0
	for i := range cases {
		c := &cases[i]
		switch {
		case !strings.Contains(c.Name, *only):
		case pending.Has(c.Name):
			skipped++
		default:
			wrong := replayCase(*server, c)
			for _, line := range wrong {
				fmt.Println("FAIL", c.Name+":", line)
			}
			if len(wrong) > 0 {
				failed++
			} else {
				passed++
			}
		}
	}
	fmt.Printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped)
	if failed > 0 || passed == 0 {
		os.Exit(1)
	}
}

func replayCase(server string, c *replay.Case) []string {
	addr, err := freeAddress()
	if err != nil {
		return []string{err.Error()}
	}
	_, port, _ := net.SplitHostPort(addr)
	var log strings.Builder
	env, stop, err := c.Serve()
	if err != nil {
		return []string{err.Error()}
	}
	defer stop()
	cmd := exec.Command(server, "serve", "--scripts", c.Scripts, "--host", "127.0.0.1", "--port", port, "--admin", "", "--config", c.Config)
	cmd.Env = os.Environ()
	for name, value := range env {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	cmd.Stdout, cmd.Stderr = &log, &log
	if err := cmd.Start(); err != nil {
		return []string{err.Error()}
	}
	wrong := steps(c, "http://"+addr)
	if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
		wrong = append(wrong, err.Error())
	}
	if err := cmd.Wait(); err != nil {
		wrong = append(wrong, "the server ended with "+err.Error()+": "+log.String())
	}
	return wrong
}

func steps(c *replay.Case, base string) []string {
	if err := ready(base); err != nil {
		return []string{err.Error()}
	}
	var wrong []string
	for i := range c.Steps {
		s := &c.Steps[i]
		answer, err := s.Request.Send(context.Background(), http.DefaultClient, base)
		if err != nil {
			return append(wrong, fmt.Sprintf("step %d: %v", i+1, err))
		}
		for _, line := range s.Judge(answer) {
			wrong = append(wrong, fmt.Sprintf("step %d: %s", i+1, line))
		}
	}
	return wrong
}

func ready(base string) error {
	for range 200 {
		if resp, err := http.Get(base + "/health"); err == nil {
			resp.Body.Close()
			return nil
		}
		time.Sleep(25 * time.Millisecond)
	}
	return errors.New("the server did not get ready")
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
