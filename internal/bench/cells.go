package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"time"
)

// cells are the scripts and bodies that speed figures are given for.
func cells() []string {
	return []string{
		"noop/2k", "book/2k", "book/2k_domain", "book/30k", "book/300k", "book/1m",
		"loop/2k", "loop/30k", "loop/300k", "loop/1m", "deep/30k", "deep/1m",
	}
}

// measureCells prints the table, one line for each cell as soon as it is known.
func measureCells(s *settings) error {
	expected, err := loadExpected()
	if err != nil {
		return err
	}
	all, err := startAll(s)
	if err != nil {
		return err
	}
	defer all.stop()
	connections := "connections are used again"
	if s.close {
		connections = "a connection for each request"
	}
	fmt.Printf("%s, %d processors, %s/%s, %s; %d rounds of %s; %s.\n\n", time.Now().Format("2 January 2006"), runtime.NumCPU(),
		runtime.GOOS, runtime.GOARCH, runtime.Version(), s.rounds, s.slice, connections)
	printHead(all)
	for _, cell := range cells() {
		if !s.wantsCell(cell) {
			continue
		}
		result, err := measureCell(s, all, cell, expected)
		if err != nil {
			return fmt.Errorf("%s: %w", cell, err)
		}
		printCell(cell, result)
	}
	return nil
}

// measureCell loads the servers in turn, round after round. result[i][r] is the i-th server's in round r.
func measureCell(s *settings, all servers, cell string, expected answers) (result [][]figures, err error) {
	const connections = 8
	script, size, _ := strings.Cut(cell, "/")
	action := "action_bench_" + script
	body, err := loadBody(size, action)
	if err != nil {
		return nil, err
	}
	if err := expected.check(all, body, action, size); err != nil {
		return nil, err
	}
	result = make([][]figures, len(all))
	for round := range s.rounds {
		for turn := range all {
			i := (round + turn) % len(all) // nobody is always the first, or always after the same one
			f, err := load(all[i], body, connections, s.close, s.slice)
			if err != nil {
				return nil, err
			}
			result[i] = append(result[i], f)
		}
	}
	return result, nil
}

// loadBody unpacks a recorded body and has it call the given action.
func loadBody(size, action string) ([]byte, error) {
	f, err := os.Open(filepath.Join("testdata", "bench", size+".json.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(z)
	return bytes.Replace(body, []byte(`"action_bench_book"`), []byte(`"`+action+`"`), 1), err
}

// answers are what every server has to say, by action and body.
type answers map[string]map[string]any

func loadExpected() (a answers, err error) {
	text, err := os.ReadFile(filepath.Join("testdata", "bench", "expected.json"))
	if err == nil {
		err = json.Unmarshal(text, &a)
	}
	return a, err
}

// check has each server answer once, so that no figure is bought with a wrong answer; the floor is told what to send.
func (a answers) check(all servers, body []byte, action, size string) error {
	want, known := a[action][size]
	if !known {
		return fmt.Errorf("no answer is known to %s on %s", action, size)
	}
	sent := ""
	for _, p := range all[1:] {
		answer, err := once(p.address, "/webhook", body)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		var got any
		if err := json.Unmarshal([]byte(answer), &got); err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if !reflect.DeepEqual(bare(got), bare(want)) {
			return fmt.Errorf("%s answered %s instead of %v", p.name, answer, want)
		}
		sent = answer
	}
	_, err := once(all[0].address, "/answer", []byte(sent))
	return err
}

// bare leaves out what is null or empty inside of objects: servers may do that.
func bare(value any) any {
	switch value := value.(type) {
	case map[string]any:
		kept := map[string]any{}
		for name, inner := range value {
			switch inner := bare(inner).(type) {
			case nil:
			case map[string]any:
				if len(inner) > 0 {
					kept[name] = inner
				}
			case []any:
				if len(inner) > 0 {
					kept[name] = inner
				}
			default:
				kept[name] = inner
			}
		}
		return kept
	case []any:
		kept := make([]any, len(value))
		for i := range value {
			kept[i] = bare(value[i])
		}
		return kept
	}
	return value
}
