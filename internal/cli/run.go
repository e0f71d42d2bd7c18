package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/internal/lesson"
	"github.com/luaction/luaction/internal/recording"
	"github.com/luaction/luaction/internal/reply"
	"github.com/luaction/luaction/internal/screen"
	"github.com/luaction/luaction/internal/trace"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/spell"
)

type runParams struct {
	Action     string        `arg:"" help:"Name of the action."`
	Scripts    string        `env:"LUACTION_SCRIPTS" default:"scripts" help:"Folder with the actions."`
	Request    string        `placeholder:"FILE" help:"A recorded request as JSON, or a file that serve --record wrote; - reads it from the input. Without it a short one is made up."`
	Extracted  []string      `sep:"none" placeholder:"NAME=JSON" help:"What a form (validate_<form>) is to check: a slot that was just filled. Can be repeated."`
	Slot       []string      `sep:"none" placeholder:"NAME=JSON" help:"Value of a slot, as JSON. Can be repeated."`
	Text       *string       `placeholder:"STRING" help:"What the user said last."`
	Intent     string        `placeholder:"NAME" help:"Intent of what the user said last."`
	Entity     []string      `sep:"none" placeholder:"NAME=VALUE" help:"Entity in what the user said last; a text, or JSON such as 3. Can be repeated."`
	Metadata   string        `placeholder:"JSON" help:"Metadata of what the user said last, an object."`
	Sender     string        `placeholder:"ID" help:"Who the conversation is with; cli unless given."`
	Channel    string        `placeholder:"NAME" help:"Input channel; cli unless given."`
	ActiveLoop string        `placeholder:"FORM" help:"Form that is being filled in."`
	Domain     string        `placeholder:"FILE" help:"Domain of the assistant, YAML or JSON; empty unless given."`
	Format     string        `enum:"auto,json,text,both" default:"auto" help:"json: the reply as Rasa gets it; text: as the user sees it; both; auto: both on a terminal, else json."`
	Trace      bool          `help:"Print each line that ran, with its time, to stderr."`
	Timeout    time.Duration `env:"LUACTION_TIMEOUT" default:"10s" help:"Deadline of the call."`
	Verbose    int           `short:"v" type:"counter" help:"-v prints what the scripts log as debug, too."`
	Config     string        `env:"LUACTION_CONFIG" placeholder:"FILE" help:"Configuration in YAML; flags and environment win over it."`

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
	call.Action = p.Action
	options := engine.Options{Timeout: p.Timeout, Log: scriptLog(s.Err, p.Verbose, mask.New(p.file.Secrets()...)), Values: s.Values}
	if p.Request != "" && p.Request != "-" {
		options.Domains = recordedDomains(filepath.Dir(p.Request))
	}
	var lines *trace.Trace
	if p.Trace {
		lines = trace.New(nil)
		options.OnStep = lines.Step
	}
	scripts, err := openScripts(ctx, p.Scripts, p.file, false, options)
	if err != nil {
		return err
	}
	defer scripts.release()
	if scripts.snapshot.Actions[p.Action] == nil {
		return noAction(p, scripts.snapshot)
	}
	began := time.Now()
	answer, problem := scripts.engine.Run(ctx, call, nil)
	took := time.Since(began)
	if lines != nil {
		lines.End()
	}
	if problem == nil {
		err = p.show(s.Out, answer.Body, took)
		problem = answer.Failure // on_error has answered; the author wants to know all the same
	}
	if lines != nil {
		err = errors.Join(err, writeTrace(s.Err, lines, p.Scripts, scripts.snapshot, problem))
		if problem != nil && screen.Of(s.Err).Terminal {
			fmt.Fprintln(s.Err)
		}
	}
	if problem != nil && err == nil {
		return explainFailure(problem, p.Config != "", s.Err)
	}
	return err
}

// show writes the reply as Rasa gets it, as the user sees it, or both.
func (p *runParams) show(w io.Writer, body []byte, took time.Duration) error {
	out := screen.Of(w)
	if p.Format != "text" {
		var pretty bytes.Buffer
		if err := json.Indent(&pretty, body, "", "  "); err != nil {
			return failed("the reply is no JSON: %v", err)
		}
		if _, err := fmt.Fprintln(w, pretty.String()); err != nil {
			return err
		}
	}
	if p.Format == "json" || p.Format == "auto" && !out.Terminal {
		return nil
	}
	if p.Format != "text" {
		if _, err := fmt.Fprintln(w); err != nil {
			return err
		}
	}
	return reply.Write(w, out, body, took)
}

// writeTrace shows what ran; problem is why the script did not end well, nil if it did.
func writeTrace(w io.Writer, lines *trace.Trace, dir string, snapshot *script.Snapshot, problem *engine.Error) error {
	out := screen.Of(w)
	if out.Width == 0 {
		out.Width = traceWidth
	}
	if out.Terminal {
		if _, err := fmt.Fprintln(w); err != nil { // the reply is above it
			return err
		}
	}
	o := trace.Options{Screen: out, Source: newSources(dir, snapshot).line}
	if problem != nil {
		o.Failed, o.Script, o.Line = true, problem.Script, problem.Line
	}
	return lines.Write(w, o)
}

// traceWidth is how wide a trace is where no terminal says it.
const traceWidth = 160

// noAction says why there is no such action: its script has a problem, or the name is another.
func noAction(p runParams, snapshot *script.Snapshot) error {
	var lines, whole []string
	for i := range snapshot.Problems {
		problem := &snapshot.Problems[i]
		switch {
		case problem.Script == "":
			whole = append(whole, lesson.Mark(problem.Error()))
		case strings.TrimSuffix(path.Base(problem.Script), ".lua") == p.Action:
			lines = append(lines, lesson.Mark(problem.Error()))
		}
	}
	if len(lines) == 0 {
		lines = closedFolders(p.Scripts, snapshot) // it may lie there
	}
	if len(lines) == 0 {
		lines = whole
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
func explainFailure(e *engine.Error, configured bool, w io.Writer) error {
	switch e.Code {
	case engine.Rejected:
		return failed("%s rejected its execution: %s", e.Action, screen.Line(e.Message))
	case engine.DomainMissing:
		return failed("%s needs the domain, and the request has only its digest; record one that has the domain", e.Action)
	case engine.BadCall:
		return failed("the request can't be used: %s", e.Message)
	}
	out := screen.Of(w)
	for i, line := range strings.Split(strings.TrimRight(lesson.Mark(e.Error()), "\r\n"), "\n") {
		line = screen.Line(strings.TrimRight(line, "\r")) // a script may have put anything into it
		if i == 0 {
			line = out.Red(line)
		}
		fmt.Fprintln(w, line)
	}
	if e.Source != "" && e.Line > 0 {
		fmt.Fprintf(w, "%s %s\n", out.Dim(fmt.Sprintf("%6d |", e.Line)), strings.TrimRight(e.Source, "\r\n"))
	}
	if len(e.Trace) > 1 { // one place is the one above
		fmt.Fprintf(w, "  by way of %s\n", strings.Join(e.Trace[1:], ", "))
	}
	if l, ok := lesson.OfMessage(e.Error()); ok && !configured && slices.Contains([]string{"LA090", "LA091", "LA094", "LA099"}, l.Code) {
		fmt.Fprintln(w, "  no configuration was read: say which with --config luaction.yml")
	}
	return failed("%s failed", e.Action)
}

// body is the request to run with.
func (p *runParams) body(in io.Reader) ([]byte, error) {
	wishes, err := p.wishes()
	if err != nil {
		return nil, err
	}
	var body []byte
	switch p.Request {
	case "":
		return wishes.shortRequest(p.Action)
	case "-":
		if body, err = io.ReadAll(in); err != nil {
			return nil, failed("--request -: the input can't be read: %v", err)
		}
	default:
		body, err = os.ReadFile(p.Request)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return nil, failed("--request: there is no file %s", p.Request)
		case err != nil:
			return nil, failed("--request: %v", err)
		}
	}
	body = bytes.TrimPrefix(body, []byte("\ufeff")) // editors and shells of Windows begin a file with it
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, failed("--request %s: there is nothing in it; a request is a JSON object such as Rasa sends", p.Request)
	}
	return wishes.changedRequest(recording.RequestIn(body))
}
