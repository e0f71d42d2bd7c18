//go:build unix

package hostile

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"time"
)

// server is a running server under attack.
type server struct {
	cmd    *exec.Cmd
	url    string
	addr   string
	exited chan struct{}

	mu       sync.Mutex
	outcomes map[string]outcome // by sender
	last     []string           // lines of its log
	cause    string             // what ended it
	stopping bool
}

// outcome is what the server's log says of a call.
type outcome struct {
	code       string
	leftBehind bool
}

// ready is how long a server may take until it answers.
const ready = 60 * time.Second

// start starts the server on a folder. more are further flags; wrap is put before the command, such as a shell that sets limits.
func start(o Options, scripts string, wrap []string, more ...string) (*server, error) {
	args := append(append([]string{}, wrap...), o.Server, "serve", "--scripts", scripts, "--host", "127.0.0.1", "--port", "0", "--admin", "",
		"--timeout", o.Timeout.String(), "--memory", o.Memory, "--log-format", "json", "-v")
	args = append(args, more...)
	s := &server{cmd: exec.Command(args[0], args[1:]...), exited: make(chan struct{}), outcomes: map[string]outcome{}}
	s.cmd.SysProcAttr = nobody()
	pipe, err := s.cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	found := make(chan string, 1)
	go s.read(pipe, found)
	select {
	case s.addr = <-found:
		s.url = "http://" + s.addr
		return s, nil
	case <-s.exited:
	case <-time.After(ready):
		_ = s.cmd.Process.Kill()
		<-s.exited
	}
	return nil, errors.New("the server did not start:\n" + strings.Join(s.last, "\n"))
}

// nobody has the server run without rights where the attack has all of them: else it could read every file.
func nobody() *syscall.SysProcAttr {
	if os.Getuid() != 0 {
		return nil
	}
	return &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
}

// keptLines is how many lines of the log are kept to tell what killed the server.
const keptLines = 60

func (s *server) read(pipe io.Reader, found chan<- string) {
	lines := bufio.NewReaderSize(pipe, 1<<16)
	for {
		line, err := lines.ReadString('\n')
		if line != "" {
			s.line(strings.TrimSpace(line), found)
		}
		if err != nil {
			break
		}
	}
	err := s.cmd.Wait()
	s.mu.Lock()
	if !s.stopping {
		s.cause = "it ended"
		if err != nil {
			s.cause = err.Error()
		}
		for _, line := range s.last {
			if strings.HasPrefix(line, "fatal error:") || strings.HasPrefix(line, "panic:") || strings.HasPrefix(line, "runtime:") {
				s.cause += "; " + line
			}
		}
	}
	s.mu.Unlock()
	close(s.exited)
}

func (s *server) line(line string, found chan<- string) {
	var entry struct {
		Message string `json:"msg"`
		Address string `json:"address"`
		Sender  string `json:"sender"`
		Outcome string `json:"outcome"`
		Err     string `json:"err"`
	}
	isJSON := json.Unmarshal([]byte(line), &entry) == nil
	s.mu.Lock()
	defer s.mu.Unlock()
	if isJSON && entry.Outcome != "" {
		s.outcomes[entry.Sender] = outcome{entry.Outcome, strings.Contains(entry.Err, "left behind")}
	}
	if isJSON && entry.Address != "" && strings.HasPrefix(entry.Message, "ready on ") {
		select {
		case found <- entry.Address:
		default:
		}
	}
	if isJSON && len(line) > 2000 {
		line = line[:2000]
	}
	if len(s.last) >= keptLines && isJSON {
		s.last = append(s.last[:0], s.last[1:]...)
	}
	if len(s.last) < 10*keptLines {
		s.last = append(s.last, line)
	}
}

// outcomeOf is what the log says of the sender's call, "" if it says nothing soon.
func (s *server) outcomeOf(sender string) outcome {
	for until := time.Now().Add(2 * time.Second); ; time.Sleep(time.Millisecond) {
		s.mu.Lock()
		o, ok := s.outcomes[sender]
		delete(s.outcomes, sender)
		s.mu.Unlock()
		if ok || time.Now().After(until) {
			return o
		}
	}
}

// dead says what ended the server, "" if it runs.
func (s *server) dead() string {
	select {
	case <-s.exited:
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.cause
	default:
		return ""
	}
}

// stop ends the server as an operator does, and tells whether it went at once and well.
func (s *server) stop() error {
	s.mu.Lock()
	s.stopping = true
	s.mu.Unlock()
	if s.dead() != "" {
		return nil
	}
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-s.exited:
	case <-time.After(30 * time.Second):
		_ = s.cmd.Process.Kill()
		<-s.exited
		return errors.New("the server did not stop when told to")
	}
	if code := s.cmd.ProcessState.ExitCode(); code != 0 {
		return errors.New("the server ended with " + s.cmd.ProcessState.String())
	}
	return nil
}
