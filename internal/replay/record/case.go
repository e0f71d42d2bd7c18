package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/luaction/luaction/internal/replay"
	"github.com/luaction/luaction/internal/replay/python"
)

//go:embed programs/calls.py
var callsProgram string //nolint:gochecknoglobals // the only way to embed a file

// step is what the recorder needs of a step beside what replaying needs.
type step struct {
	replay.Step
	Why  string          `json:"why"`
	GRPC json.RawMessage `json:"grpc"`
	Wait float64         `json:"wait"` // seconds before the step
}

// key is where the SDK's answer belongs: a step with a why says what luaction does otherwise, on purpose.
func (s *step) key() string {
	if s.Why != "" {
		return "reference"
	}
	return "expect"
}

// casesBelow lists the folders with a steps.json.
func casesBelow(root, only string) ([]string, error) {
	var folders []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == "steps.json" && strings.Contains(filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), root)), only) {
			folders = append(folders, filepath.Dir(path))
		}
		return err
	})
	return folders, err
}

// recordCase asks the SDK what the case asks, and says where it answers otherwise than recorded. The error is
// fs.ErrNotExist for a case without actions.py.
func recordCase(home sdk, folder string, write bool) (lines []string, err error) {
	if _, err := os.Stat(filepath.Join(folder, "actions.py")); err != nil {
		return nil, err
	}
	path := filepath.Join(folder, "steps.json")
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var steps []step
	if err := json.Unmarshal(text, &steps); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	found, err := observe(home, folder, steps)
	if err != nil {
		return nil, err
	}
	file, err := readDocument(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for i := range steps {
		recorded := file.member(i, steps[i].key())
		differ, err := found[i].differences(&steps[i], recorded)
		if err != nil {
			return nil, fmt.Errorf("step %d: %w", i+1, err)
		}
		for _, line := range differ {
			lines = append(lines, fmt.Sprintf("step %d: %s", i+1, line))
		}
		if len(differ) > 0 {
			file.set(i, steps[i].key(), found[i].record())
		}
	}
	if write && len(lines) > 0 {
		err = os.WriteFile(path, file.bytes(), 0o644)
	}
	return lines, err
}

// observe sends the steps in order to one fresh server.
func observe(home sdk, folder string, steps []step) ([]observed, error) {
	var meta struct{ Env map[string]string }
	if text, err := os.ReadFile(filepath.Join(folder, "case.json")); err == nil {
		if err := json.Unmarshal(text, &meta); err != nil {
			return nil, err
		}
	}
	grpc := false
	for i := range steps {
		grpc = grpc || steps[i].GRPC != nil
	}
	s, err := home.serve(folder, meta.Env, grpc)
	if err != nil {
		return nil, err
	}
	defer s.Stop()
	if grpc {
		return observeGRPC(home, s, steps)
	}
	out := make([]observed, len(steps))
	for i := range steps {
		time.Sleep(time.Duration(steps[i].Wait * float64(time.Second)))
		answer, err := steps[i].Request.Send(context.Background(), http.DefaultClient, "http://"+s.Address)
		if err != nil {
			return nil, fmt.Errorf("step %d: %w", i+1, err)
		}
		out[i].http = &answer
	}
	return out, nil
}

func observeGRPC(home sdk, s *python.Process, steps []step) ([]observed, error) {
	type call struct {
		GRPC json.RawMessage `json:"grpc"`
		Wait float64         `json:"wait"`
	}
	calls := make([]call, len(steps))
	for i := range steps {
		calls[i] = call{steps[i].GRPC, steps[i].Wait}
	}
	answers, err := home.ask("", callsProgram, calls, s.Address)
	if err != nil {
		return nil, err
	}
	var list []json.RawMessage
	if err := json.Unmarshal(answers, &list); err != nil {
		return nil, err
	}
	if len(list) != len(steps) {
		return nil, fmt.Errorf("%d calls, %d answers", len(steps), len(list))
	}
	out := make([]observed, len(steps))
	for i := range list {
		out[i].grpc = list[i]
	}
	return out, nil
}
