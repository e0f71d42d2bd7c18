package main

import (
	"errors"
	"fmt"
	"log"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// process is a server of the comparison, with the processes that it starts.
type process struct {
	name    string
	cmd     *exec.Cmd
	address string
}

// start starts a server and waits until it answers GET /health.
func start(name, address, program string, args ...string) (*process, error) {
	return begin(name, address, exec.Command(program, args...))
}

func begin(name, address string, cmd *exec.Cmd) (*process, error) {
	p := &process{name: name, cmd: cmd, address: address}
	if cmd.Stderr == nil {
		cmd.Stderr = os.Stderr
	}
	if err := p.cmd.Start(); err != nil {
		return nil, err
	}
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(time.Millisecond) {
		if p.healthy() {
			return p, nil
		}
	}
	p.stop()
	return nil, fmt.Errorf("%s did not get ready", name)
}

func (p *process) healthy() bool {
	l := newLine(p.address, []byte("GET /health HTTP/1.1\r\nHost: bench\r\n\r\n"), true)
	defer l.hangUp()
	return l.ask() == nil
}

// stop ends the server as an operator would, so that a profile gets written, and by force if it does not end soon.
func (p *process) stop() {
	if err := p.cmd.Process.Signal(syscall.SIGTERM); err != nil && !errors.Is(err, os.ErrProcessDone) {
		log.Print(err)
	}
	timer := time.AfterFunc(5*time.Second, func() {
		for _, pid := range p.tree() {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	})
	defer timer.Stop()
	_ = p.cmd.Wait()
}

// tree is the process and all that came of it.
func (p *process) tree() []int {
	pids := []int{p.cmd.Process.Pid}
	for i := 0; i < len(pids); i++ {
		files, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pids[i]))
		for _, file := range files {
			text, _ := os.ReadFile(file)
			for field := range strings.FieldsSeq(string(text)) {
				if pid, err := strconv.Atoi(field); err == nil {
					pids = append(pids, pid)
				}
			}
		}
	}
	return pids
}

// cpu is the user and system time so far.
func (p *process) cpu() (time.Duration, error) {
	ticks := 0
	for _, pid := range p.tree() {
		stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return 0, err
		}
		// The second field is the name in parentheses and may hold blanks; times are fields 14 and 15, in ticks of 10 ms.
		fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
		for _, field := range fields[11:13] {
			n, err := strconv.Atoi(field)
			if err != nil {
				return 0, err
			}
			ticks += n
		}
	}
	return time.Duration(ticks) * 10 * time.Millisecond, nil
}

// memory is the resident memory now, in bytes.
func (p *process) memory() (int64, error) {
	total := int64(0)
	for _, pid := range p.tree() {
		status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		if err != nil {
			return 0, err
		}
		for line := range strings.Lines(string(status)) {
			if rest, found := strings.CutPrefix(line, "VmRSS:"); found {
				kib, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
				if err != nil {
					return 0, err
				}
				total += kib << 10
			}
		}
	}
	return total, nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
