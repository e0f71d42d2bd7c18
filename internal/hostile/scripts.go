//go:build unix

package hostile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// attack is one hostile script.
type attack struct {
	action string
	file   string
	tries  string
	want   []string // outcomes, any of which will do
	item   string
	calls  int
}

// loadScripts reads the heads of the hostile scripts: what each tries, and how it may end.
func loadScripts(dir string) ([]attack, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.lua"))
	if err != nil || len(names) == 0 {
		return nil, errors.Join(err, fmt.Errorf("no scripts in %s", dir))
	}
	all := make([]attack, 0, len(names))
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		a := attack{file: name, action: strings.TrimSuffix(filepath.Base(name), ".lua"), calls: 1}
		for line := range strings.Lines(string(text)) {
			key, value, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "-- "), ": ")
			if !strings.HasPrefix(line, "-- ") || !ok {
				break
			}
			switch key {
			case "tries":
				a.tries = value
			case "expect":
				a.want = strings.Fields(value)
			case "item":
				a.item = value
			case "calls":
				a.calls, _ = strconv.Atoi(value)
			}
		}
		if a.tries == "" || len(a.want) == 0 || a.calls < 1 {
			return nil, fmt.Errorf("%s doesn't say what it tries and how it may end", name)
		}
		all = append(all, a)
	}
	return all, nil
}

// serveCorpus starts a server on a copy of all hostile scripts and their neighbours.
func (r *run) serveCorpus() (*server, *neighbours, string, error) {
	scripts, err := folder()
	if err != nil {
		return nil, nil, "", err
	}
	if err := errors.Join(os.CopyFS(scripts, os.DirFS(r.Corpus)), openAll(scripts), writeHonest(scripts)); err != nil {
		return nil, nil, "", err
	}
	s, n, err := r.serve(scripts)
	return s, n, scripts, err
}

func (r *run) serve(scripts string) (*server, *neighbours, error) {
	s, err := start(r.Options, scripts, nil)
	if err != nil {
		return nil, nil, err
	}
	n, err := move(s, r.Slack > time.Second)
	if err != nil {
		_ = s.stop()
		return nil, nil, err
	}
	return s, n, nil
}

// openAll has the files be readable whoever the server runs as.
func openAll(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		mode := fs.FileMode(0o644)
		if d != nil && d.IsDir() {
			mode = 0o755
		}
		return errors.Join(err, os.Chmod(path, mode))
	})
}

func attackByScripts(ctx context.Context, r *run) error {
	s, n, scripts, err := r.serveCorpus()
	if err != nil {
		return err
	}
	defer removeFolder(scripts)
	for _, a := range r.scripts {
		if ctx.Err() != nil {
			break
		}
		if !strings.Contains(a.action, r.Only) || r.Quick && !quick(a.action) {
			continue
		}
		r.runScript(s, n, a, scripts)
		if s.dead() != "" {
			n.leave()
			r.neighboursOf(n)
			if s, n, err = r.serve(scripts); err != nil {
				return err
			}
		}
	}
	return r.close("scripts", s, n)
}

// close ends a server and its neighbours; it has to go well.
func (r *run) close(group string, s *server, n *neighbours) error {
	n.leave()
	r.neighboursOf(n)
	if err := s.stop(); err != nil {
		r.add(Row{Group: group, Name: "stop", Tries: "Stops the server after all that.", Got: "no", Wrong: []string{err.Error()}}, nil)
	}
	return nil
}

// runScript has the server run one script, under the eyes of the neighbours.
func (r *run) runScript(s *server, n *neighbours, a attack, scripts string) {
	s.forgetPeak()
	n.since()
	row := Row{Group: "scripts", Item: a.item, Name: strings.TrimLeft(a.action, "0123456789_"), Tries: a.tries, Want: strings.Join(a.want, " or ")}
	for i := range a.calls {
		sender := a.action + "-" + strconv.Itoa(i)
		got := s.post(body(a.action, sender), r.Timeout+20*time.Second)
		row.Time = max(row.Time, got.took)
		o := s.outcomeOf(sender)
		if i == 0 || o.code != row.Got {
			row.Got = o.code
			row.Wrong = append(row.Wrong, r.judge(a, got, o)...)
		}
		row.Wrong = append(row.Wrong, got.told(scripts)...)
		if o.leftBehind {
			r.report.LeftBehind++
			row.Got += ", left behind"
		}
		if got.err != nil || len(row.Wrong) > 0 {
			break
		}
	}
	if row.Time > r.Timeout+r.Slack {
		row.Wrong = append(row.Wrong, fmt.Sprintf("answered after %d ms", row.Time.Milliseconds()))
	}
	n.aftermath(&row, "5 s after the answer")
	r.add(row, s)
}

// judge compares an answer and what the log says of it with what was expected.
func (r *run) judge(a attack, got answer, o outcome) (wrong []string) {
	if got.err != nil {
		return []string{got.err.Error()}
	}
	if o.code == "" {
		return []string{fmt.Sprintf("the log says nothing of the call; answered %d %.200s", got.status, got.body)}
	}
	if !slices.Contains(a.want, o.code) {
		wrong = append(wrong, fmt.Sprintf("ended as %s: %.300s", o.code, got.body))
	}
	if want := map[string]int{"ok": 200, "rejected": 400}[o.code]; want != 0 && want != got.status || want == 0 && got.status != 500 {
		wrong = append(wrong, fmt.Sprintf("answered %d for %s", got.status, o.code))
	}
	return wrong
}

// quick tells whether a script belongs to the short run.
func quick(action string) bool {
	return slices.ContainsFunc([]string{"tail_calls", "coroutine_web", "find_many_stars", "concat_doubles", "gsub_bomb", "answer_cycle", "patch_library",
		"rawset_frozen", "parked_coroutine", "panic_in_library", "resume_ancestor", "yield_everywhere", "pattern_zoo", "json_flood", "lazy_tables",
		"messages_replaced", "overflow_in_handler", "coroutine_flood", "sort_changes_table"}, func(part string) bool { return strings.HasSuffix(action, part) })
}

// Storm: as many hostile calls at once.
const (
	stormCallers = 6
	stormCalls   = 90
	quickCalls   = 12
)

// attackAtOnce runs hostile scripts side by side. How long each takes says little then; that all are answered, that the server
// lives, stays small and that the neighbours get their answers says much.
func attackAtOnce(ctx context.Context, r *run) error {
	if r.Only != "" && r.Only != "storm" {
		return nil
	}
	s, n, scripts, err := r.serveCorpus()
	if err != nil {
		return err
	}
	defer removeFolder(scripts)
	calls := stormCalls
	if r.Quick {
		calls = quickCalls
	}
	chance := rand.New(rand.NewPCG(4, 2))
	queue := make(chan attack)
	row := Row{Group: "storm", Name: "storm", Want: "answered", Got: "answered",
		Tries: fmt.Sprintf("%d hostile scripts, %d at a time.", calls, stormCallers)}
	var mu sync.Mutex
	var callers sync.WaitGroup
	for range stormCallers {
		callers.Go(func() {
			for a := range queue {
				got := s.post(body(a.action, "storm"), r.Timeout+20*time.Second)
				mu.Lock()
				row.Time = max(row.Time, got.took)
				row.Wrong = append(row.Wrong, got.told(scripts)...)
				if got.err != nil && len(row.Wrong) < 5 {
					row.Wrong = append(row.Wrong, a.action+": "+got.err.Error())
				}
				mu.Unlock()
			}
		})
	}
	for range calls {
		if ctx.Err() == nil {
			queue <- r.scripts[chance.IntN(len(r.scripts))]
		}
	}
	close(queue)
	callers.Wait()
	n.aftermath(&row, "5 s after the last answer")
	r.add(row, s)
	return r.close("storm", s, n)
}
