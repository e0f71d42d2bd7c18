//go:build unix

package hostile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"
)

// attackBySurroundings takes away what a server needs: its folder, its log, its files, its port.
func attackBySurroundings(ctx context.Context, r *run) error {
	for _, a := range []struct {
		item, name, tries string
		attack            func(r *run, row *Row) error
	}{
		{"61", "folder comes and goes", "The folder is missing at the start, comes, is emptied, replaced by a file, and comes back.", folderGoes},
		{"60", "reload storm", "100 files are written ten times a second under load.", reloadStorm},
		{"59", "ended under load", "SIGTERM while calls run: all are answered, and the server ends well.", endedUnderLoad},
		{"64", "few open files", "60 open files at most, and more connections than that.", fewFiles},
		{"68", "port in use", "A second server on the same port.", portInUse},
	} {
		if ctx.Err() != nil || !strings.Contains(a.name, r.Only) {
			continue
		}
		row := Row{Group: "surroundings", Item: a.item, Name: a.name, Tries: a.tries, Got: "goes on"}
		if err := a.attack(r, &row); err != nil {
			row.Wrong = append(row.Wrong, err.Error())
		}
		r.add(row, nil)
	}
	return nil
}

// loads waits until a call of the action is answered with the status.
func (s *server) loads(action string, status int) error {
	var a answer
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until) && s.dead() == ""; time.Sleep(20 * time.Millisecond) {
		if a = s.post(body(action, "x"), 10*time.Second); a.status == status {
			return nil
		}
	}
	return fmt.Errorf("%s is answered %d, not %d %s", action, a.status, status, s.dead())
}

func folderGoes(r *run, row *Row) error {
	scripts, err := folder()
	if err != nil {
		return err
	}
	defer removeFolder(scripts)
	_ = os.Remove(scripts)
	s, err := start(r.Options, scripts, nil)
	if err != nil {
		return err
	}
	appear := func() error { return errors.Join(os.Mkdir(scripts, 0o755), writeHonest(scripts)) }
	steps := []func() error{
		func() error { return s.loads("neighbour_quick", 404) },
		appear, func() error { return s.loads("neighbour_quick", 200) },
		func() error { return os.Remove(filepath.Join(scripts, "neighbour_quick.lua")) },
		func() error { return s.loads("neighbour_quick", 404) },
		func() error { return os.WriteFile(filepath.Join(scripts, "neighbour_busy.lua"), nil, 0o644) },
		func() error { time.Sleep(time.Second); return s.loads("neighbour_busy", 200) }, // the last good version stays
		func() error { return os.RemoveAll(scripts) },
		func() error { return os.WriteFile(scripts, []byte("no folder"), 0o644) },
		func() error { time.Sleep(time.Second); return s.loads("neighbour_busy", 200) },
		func() error { return os.Remove(scripts) },
		appear, func() error { return s.loads("neighbour_quick", 200) },
	}
	for i, step := range steps {
		if err := step(); err != nil {
			_ = s.stop()
			return fmt.Errorf("step %d: %w", i+1, err)
		}
	}
	row.Peak = s.peak()
	return s.stop()
}

func reloadStorm(r *run, row *Row) error {
	scripts, err := folder()
	if err != nil {
		return err
	}
	defer removeFolder(scripts)
	if err := errors.Join(writeHonest(scripts), mark(scripts, 0)); err != nil {
		return err
	}
	s, n, err := r.serve(scripts)
	if err != nil {
		return err
	}
	rounds := 30
	if r.Quick {
		rounds = 5
	}
	for round := range rounds {
		for i := range 100 {
			text := fmt.Sprintf("local n = %d\nreturn function(dispatcher) dispatcher:utter_message('' .. n) end\n", round)
			if err := os.WriteFile(filepath.Join(scripts, "storm"+strconv.Itoa(i)+".lua"), []byte(text), 0o644); err != nil {
				return err
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	if err := mark(scripts, 1); err != nil {
		return err
	}
	began := time.Now()
	if !s.marked(1) {
		return errors.New("the last change was not loaded")
	}
	row.Time = time.Since(began)
	row.Peak = s.peak()
	var harmed []string
	row.Neighbours, harmed = n.since()
	row.Wrong = append(row.Wrong, harmed...)
	if cause := s.dead(); cause != "" {
		r.report.Deaths++
		return errors.New("the server died: " + cause)
	}
	return r.close("surroundings", s, n)
}

func endedUnderLoad(r *run, row *Row) error {
	scripts, err := folder()
	if err != nil {
		return err
	}
	defer removeFolder(scripts)
	if err := errors.Join(writeHonest(scripts), file("sleeper.lua", "return function(dispatcher) time.sleep(0.4) dispatcher:utter_message('slept') end\n")(scripts)); err != nil {
		return err
	}
	s, err := start(r.Options, scripts, nil)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var work sync.WaitGroup
	for range 50 {
		work.Go(func() {
			if a := s.post(body("sleeper", "x"), 20*time.Second); a.status != 200 {
				mu.Lock()
				row.Wrong = append(row.Wrong, fmt.Sprintf("a call in flight got %d %v", a.status, a.err))
				mu.Unlock()
			}
		})
	}
	time.Sleep(200 * time.Millisecond)
	began := time.Now()
	err = s.stop()
	row.Time, row.Got = time.Since(began), "ended well"
	work.Wait()
	return err
}

func fewFiles(r *run, row *Row) error {
	scripts, err := folder()
	if err != nil {
		return err
	}
	defer removeFolder(scripts)
	if err := writeHonest(scripts); err != nil {
		return err
	}
	s, err := start(r.Options, scripts, []string{"/bin/sh", "-c", `ulimit -n 60; exec "$0" "$@"`})
	if err != nil {
		return err
	}
	_, _ = many(s, 150, "", 0)
	if err := s.loads("neighbour_quick", 200); err != nil {
		return err
	}
	row.Peak = s.peak()
	return s.stop()
}

func portInUse(r *run, row *Row) error {
	scripts, err := folder()
	if err != nil {
		return err
	}
	defer removeFolder(scripts)
	s, err := start(r.Options, scripts, nil)
	if err != nil {
		return err
	}
	_, port, _ := strings.Cut(s.addr, ":")
	second, err := start(r.Options, scripts, nil, "--port", port)
	if err == nil {
		_ = second.stop()
		return errors.Join(errors.New("both serve"), s.stop())
	}
	row.Got = "the second one ends, and says why"
	if !strings.Contains(err.Error(), "in use") {
		row.Wrong = append(row.Wrong, "it does not say why: "+err.Error())
	}
	return s.stop()
}
