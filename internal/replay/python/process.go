package python

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// Process is a server that was started.
type Process struct {
	Address string
	cmd     *exec.Cmd
	ended   chan error
	log     logged
}

// logged keeps what a process writes while it runs.
type logged struct {
	lock sync.Mutex
	text bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.lock.Lock()
	defer l.lock.Unlock()
	return l.text.Write(p)
}

// Log is what the process has written up to now.
func (p *Process) Log() string {
	p.log.lock.Lock()
	defer p.log.lock.Unlock()
	return p.log.text.String()
}

// Start starts a server that listens on the address, and waits at most as long as patience until it does. path is what to ask
// it for over HTTP, "" if it speaks something else.
func Start(cmd *exec.Cmd, address, path string, patience time.Duration) (*Process, error) {
	p := &Process{Address: address, cmd: cmd, ended: make(chan error, 1)}
	cmd.Stdout, cmd.Stderr = &p.log, &p.log
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // its workers have to end with it
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go func() { p.ended <- cmd.Wait() }()
	if err := p.ready(path, patience); err != nil {
		p.Stop()
		return nil, fmt.Errorf("%w: %s", err, p.Log())
	}
	return p, nil
}

func (p *Process) ready(path string, patience time.Duration) error {
	for begin := time.Now(); time.Since(begin) < patience; time.Sleep(50 * time.Millisecond) {
		select {
		case err := <-p.ended:
			p.ended <- err
			return fmt.Errorf("the server ended: %w", err)
		default:
		}
		if p.answers(path) {
			return nil
		}
	}
	return errors.New("the server did not get ready")
}

func (p *Process) answers(path string) bool {
	if path == "" {
		conn, err := net.Dial("tcp", p.Address)
		if err == nil {
			_ = conn.Close()
		}
		return err == nil
	}
	resp, err := http.Get("http://" + p.Address + path)
	if err != nil {
		return false
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

// Stop ends the server and what it started.
func (p *Process) Stop() {
	for _, sig := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		_ = syscall.Kill(-p.cmd.Process.Pid, sig)
		select {
		case <-p.ended: //nolint:errcheck // it was told to end
			_ = syscall.Kill(-p.cmd.Process.Pid, syscall.SIGKILL)
			return
		case <-time.After(10 * time.Second):
		}
	}
}

// FreeAddress is an address on this machine on which nobody listens.
func FreeAddress() (address, port string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", "", err
	}
	defer l.Close()
	_, port, err = net.SplitHostPort(l.Addr().String())
	return l.Addr().String(), port, err
}
