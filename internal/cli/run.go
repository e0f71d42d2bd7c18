package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/app"
	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/spell"
)

type runParams struct {
	Action  string        `arg:"" help:"Name of the action."`
	Scripts string        `env:"LUACTION_SCRIPTS" default:"scripts" help:"Folder with the actions."`
	Request string        `placeholder:"FILE" help:"A recorded request as JSON; - reads it from the input. Without it a short one is made up."`
	Slot    []string      `sep:"none" placeholder:"NAME=JSON" help:"Value of a slot, as JSON. Can be repeated."`
	Text    *string       `placeholder:"STRING" help:"What the user said last."`
	Timeout time.Duration `env:"LUACTION_TIMEOUT" default:"10s" help:"Deadline of the call."`
	Verbose int           `short:"v" type:"counter" help:"-v prints what the scripts log as debug, too."`
	Config  string        `env:"LUACTION_CONFIG" placeholder:"FILE" help:"Configuration in YAML; flags and environment win over it."`

	file *config.File // nil without one
}

// Run runs one action.
func (p *runParams) Run(s Streams, file *configured) error {
	p.file = file.File
	return runAction(context.Background(), *p, s)
}

// runAction calls an action as Rasa would, and writes its reply. What scripts log goes to s.Err, and so does the reason if
// there is no reply; then the error is an exit 1. A rejection is such a reason: nothing was done for the user.
func runAction(ctx context.Context, p runParams, s Streams) error {
	if p.Timeout <= 0 {
		return misused("--timeout: must be more than 0, such as 10s, and it is %s", p.Timeout)
	}
	body, err := p.body(s.In)
	if err != nil {
		return err
	}
	call := new(rasa.Call)
	if err := call.Reset(body); err != nil {
		return failed("the recorded request can't be used: %v", err)
	}
	loader := script.NewLoader(script.Options{Dir: p.Scripts, Compile: engine.Compile, Read: engine.Read})
	snapshot := loader.Load(ctx)
	call.Action = p.Action
	if snapshot.Actions[p.Action] == nil {
		return noAction(p, snapshot)
	}
	secrets := mask.New(p.file.Secrets()...)
	options := engine.Options{Snapshots: loader, Timeout: p.Timeout, Log: scriptLog(s.Err, p.Verbose, secrets), Mask: secrets, Values: s.Values}
	release, err := app.Configure(&options, p.file)
	defer release()
	if err != nil {
		return failed("%v", err)
	}
	stores, err := app.OpenStores(p.file)
	if err != nil {
		return failed("%v", err)
	}
	defer stores.Close()
	stores.Configure(&options)
	runner := engine.New(options)
	defer runner.Close()
	answer, problem := runner.Run(ctx, call, nil)
	if problem != nil {
		return explainFailure(problem, s.Err)
	}
	var pretty bytes.Buffer
	if err := json.Indent(&pretty, answer.Body, "", "  "); err != nil {
		return failed("the reply is no JSON: %v", err)
	}
	if _, err := fmt.Fprintln(s.Out, pretty.String()); err != nil {
		return err
	}
	if answer.Failure != nil { // on_error has answered; the author wants to know all the same
		return explainFailure(answer.Failure, s.Err)
	}
	return nil
}

// scriptLog writes what a script logs without the time, which nobody needs of a command that has just run.
func scriptLog(w io.Writer, verbose int, secrets *mask.Mask) *slog.Logger {
	level := slog.LevelInfo
	if verbose > 0 {
		level = slog.LevelDebug
	}
	return slog.New(mask.Handler(slog.NewTextHandler(w, &slog.HandlerOptions{Level: level,
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) == 0 && a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}}), secrets))
}

// noAction says why there is no such action: its script has a problem, or the name is another.
func noAction(p runParams, snapshot *script.Snapshot) error {
	var lines []string
	for i := range snapshot.Problems {
		problem := &snapshot.Problems[i]
		if problem.Script == "" || strings.TrimSuffix(path.Base(problem.Script), ".lua") == p.Action {
			lines = append(lines, problem.Error())
		}
	}
	if len(lines) > 0 {
		return failed("%s can't run:\n%s", p.Action, strings.Join(lines, "\n"))
	}
	text := fmt.Sprintf("no script in %s provides %s", p.Scripts, p.Action)
	names := slices.Sorted(maps.Keys(snapshot.Actions))
	if near := spell.Nearest(p.Action, names); near != "" {
		return failed("%s; did you mean %s?", text, near)
	}
	if len(names) == 0 {
		return failed("%s, nor any other action", text)
	}
	const most = 20
	more := ""
	if len(names) > most {
		more = fmt.Sprintf(" and %d more", len(names)-most)
		names = names[:most]
	}
	return failed("%s; there are %s%s", text, strings.Join(names, ", "), more)
}

// explainFailure writes the author's view: the place, what is wrong, and the line itself.
func explainFailure(e *engine.Error, w io.Writer) error {
	switch e.Code {
	case engine.Rejected:
		return failed("%s rejected its execution: %s", e.Action, e.Message)
	case engine.DomainMissing:
		return failed("%s needs the domain, and the request has only its digest; record one that has the domain", e.Action)
	case engine.BadCall:
		return failed("the request can't be used: %s", e.Message)
	}
	fmt.Fprintln(w, e.Error())
	if e.Source != "" && e.Line > 0 {
		fmt.Fprintf(w, "%6d | %s\n", e.Line, strings.TrimRight(e.Source, "\r\n"))
	}
	if len(e.Trace) > 1 { // one place is the one above
		fmt.Fprintf(w, "  by way of %s\n", strings.Join(e.Trace[1:], ", "))
	}
	return failed("%s failed", e.Action)
}

// body is the request to run with.
func (p *runParams) body(in io.Reader) ([]byte, error) {
	slots, err := parseSlots(p.Slot)
	if err != nil {
		return nil, err
	}
	switch p.Request {
	case "":
		return shortRequest(p.Action, slots, p.Text)
	case "-":
		body, err := io.ReadAll(in)
		if err != nil {
			return nil, failed("--request -: the input can't be read: %v", err)
		}
		return changedRequest(body, slots, p.Text)
	}
	body, err := os.ReadFile(p.Request)
	if err != nil {
		return nil, failed("--request: %v", err)
	}
	return changedRequest(body, slots, p.Text)
}
