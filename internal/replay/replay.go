// Package replay sends recorded requests to an action server and judges its answers. The folder testdata/conformance holds
// what it reads: for each case the scripts, and the requests in order with the answers expected.
package replay

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
)

// Case is one folder of recorded requests, which one fresh server answers in order.
type Case struct {
	Name    string // "webhook/ran"
	Scripts string // the folder with its actions
	Config  string // its luaction.yml; "" for none
	Service string // its service.json, see StandIn; "" for none
	Steps   []Step
}

// Step is one request, and what its answer has to be.
type Step struct {
	Note    string   `json:"note"`
	Request *Request `json:"request"`
	Expect  struct {
		Status json.RawMessage `json:"status"`
		JSON   json.RawMessage `json:"json"`
		Text   *string         `json:"text"`
	} `json:"expect"`
	Checks    []Check  `json:"checks"`
	Ignore    []string `json:"ignore"`
	Unordered []string `json:"unordered"`
	Datetime  []string `json:"datetime"`
	Numbers   string   `json:"numbers"`
}

// Check is a condition on one place of an answer.
type Check struct {
	At       string          `json:"at"`
	Is       json.RawMessage `json:"is"`
	Equals   json.RawMessage `json:"equals"`
	Contains []string        `json:"contains"`
	Lacks    []string        `json:"lacks"`
	Length   *int            `json:"length"`
}

// Load reads all cases below a folder, in the order of their names.
func Load(root string) ([]Case, error) {
	var cases []Case
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.Name() != "steps.json" {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		dir := filepath.Dir(path)
		name, err := filepath.Rel(root, dir)
		if err != nil {
			return err
		}
		c := Case{Name: filepath.ToSlash(name), Scripts: filepath.Join(dir, "scripts"),
			Config: ifThere(filepath.Join(dir, "luaction.yml")), Service: ifThere(filepath.Join(dir, "service.json"))}
		if err := decode(text, &c.Steps); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		cases = append(cases, c)
		return nil
	})
	sort.Slice(cases, func(i, j int) bool { return cases[i].Name < cases[j].Name })
	return cases, err
}

func ifThere(path string) string {
	if _, err := os.Stat(path); err != nil {
		return ""
	}
	return path
}

// Serve starts the case's stand-in, if it has one. env are the variables that its luaction.yml needs; stop ends it.
func (c *Case) Serve() (env map[string]string, stop func(), err error) {
	if c.Service == "" {
		return nil, func() {}, nil
	}
	service, err := ReadStandIn(c.Service)
	if err != nil {
		return nil, nil, err
	}
	return service.Start("127.0.0.1:0")
}

// decode keeps numbers as they are written.
func decode(text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return err
	}
	if d.More() {
		return fmt.Errorf("more than one document")
	}
	return nil
}

// Judge says what is wrong with the answer to a step; nothing if it is right.
func (s *Step) Judge(a Answer) []string {
	var wrong []string
	if !s.statusFits(a.Status) {
		wrong = append(wrong, fmt.Sprintf("status: want %s, got %d", s.Expect.Status, a.Status))
	}
	if s.Expect.Text != nil && *s.Expect.Text != string(a.Body) {
		wrong = append(wrong, fmt.Sprintf("body: want %q, got %q", *s.Expect.Text, a.Body))
	}
	if s.Expect.JSON == nil && len(s.Checks) == 0 {
		return wrong
	}
	var got any
	if err := decode(a.Body, &got); err != nil {
		return append(wrong, fmt.Sprintf("body: want JSON, got %.200q", a.Body))
	}
	if kind, _, _ := strings.Cut(a.ContentType, ";"); strings.TrimSpace(kind) != "application/json" {
		wrong = append(wrong, "Content-Type: want application/json, got "+a.ContentType)
	}
	if s.Expect.JSON != nil {
		var want any
		if err := decode(s.Expect.JSON, &want); err != nil {
			return append(wrong, err.Error())
		}
		wrong = append(wrong, lines(s.rules().compare(want, got, nil))...)
	}
	for _, c := range s.Checks {
		wrong = append(wrong, c.judge(got)...)
	}
	return wrong
}

// Differences says where two JSON documents differ by the step's rules; loose takes 5 and 5.0 for the same, as protobuf does.
func (s *Step) Differences(want, got json.RawMessage, loose bool) ([]string, error) {
	var a, b any
	if err := decode(want, &a); err != nil {
		return nil, err
	}
	if err := decode(got, &b); err != nil {
		return nil, err
	}
	r := s.rules()
	r.looseNumbers = r.looseNumbers || loose
	return lines(r.compare(a, b, nil)), nil
}

func (s *Step) statusFits(got int) bool {
	var one int
	if json.Unmarshal(s.Expect.Status, &one) == nil {
		return one == got
	}
	var any []int
	if json.Unmarshal(s.Expect.Status, &any) == nil {
		for _, status := range any {
			if status == got {
				return true
			}
		}
		return false
	}
	return s.Expect.Status == nil
}
