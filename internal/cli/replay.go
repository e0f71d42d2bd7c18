package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/internal/lesson"
	"github.com/luaction/luaction/internal/recording"
	"github.com/luaction/luaction/internal/replay"
	"github.com/luaction/luaction/internal/webhook"
	"github.com/luaction/luaction/rasa"
)

type replayParams struct {
	Path       string        `arg:"" help:"Folder that serve --record wrote, or one file of it."`
	Scripts    string        `env:"LUACTION_SCRIPTS" default:"scripts" help:"Folder with the actions."`
	Action     string        `placeholder:"NAME" help:"Only calls of this action."`
	Ignore     []string      `sep:"none" placeholder:"PATH" help:"What may differ, such as events[*].timestamp. Can be repeated."`
	Clock      string        `enum:"recorded,now" default:"recorded" help:"What time it is for scripts: recorded, when the call was recorded; now."`
	NoServices bool          `help:"Requests to services fail, and no database and store is opened."`
	Format     string        `enum:"text,json" default:"text" help:"text or json."`
	Timeout    time.Duration `env:"LUACTION_TIMEOUT" default:"10s" help:"Deadline of one call."`
	Verbose    int           `short:"v" type:"counter" help:"-v prints what the scripts log, -vv what they log as debug, too."`
	Config     string        `env:"LUACTION_CONFIG" placeholder:"FILE" help:"Configuration in YAML; flags and environment win over it. Its services, databases and kv are really used."`

	file *config.File // nil without one
}

// Help says what is not in the list of flags.
func (p *replayParams) Help() string {
	return `Runs recorded calls against the scripts at hand, in the order in which they came, and shows what changed. Exit code 1 if anything did.

The scripts really run: http, sql, kv and env are those of --config, so services are asked and databases written. kv is empty in memory
unless --config says otherwise. With --no-services requests fail instead.`
}

// Run replays.
func (p *replayParams) Run(s Streams, file *configured) error {
	p.file = file.File
	return replayCalls(context.Background(), *p, s)
}

// How a call compares to what was recorded.
const (
	same       = "same"
	changed    = "changed"
	unreadable = "unreadable" // the file is no recording
)

// outcome is one call, replayed.
type outcome struct {
	File     string    `json:"file"`
	Action   string    `json:"action,omitempty"`
	Recorded time.Time `json:"recorded,omitzero"`
	Verdict  string    `json:"verdict"`
	Was      int       `json:"status_was,omitempty"`
	Now      int       `json:"status_now,omitempty"`
	Changes  []change  `json:"changes,omitempty"`
	Problem  string    `json:"problem,omitempty"` // why it fails now, or can't be read
}

// player replays calls one after the other.
type player struct {
	params  replayParams
	ignore  []string
	scripts *opened
	ahead   atomic.Int64 // of the scripts' clock, in nanoseconds
}

// replayCalls replays what p names, and writes what changed.
func replayCalls(ctx context.Context, p replayParams, s Streams) error {
	if p.Timeout <= 0 {
		return misused("--timeout: must be more than 0, such as 10s, and it is %s", p.Timeout)
	}
	player := &player{params: p}
	for _, text := range p.Ignore {
		path, err := recording.ParsePath(text)
		if err != nil {
			return misused("--ignore: %v", err)
		}
		player.ignore = append(player.ignore, path.Pointer())
	}
	dir, names, err := p.files()
	if err != nil {
		return err
	}
	player.scripts, err = openScripts(ctx, p.Scripts, p.file, p.NoServices, engine.Options{Timeout: p.Timeout, Domains: recordedDomains(dir), Now: player.now,
		Values: s.Values, Log: replayLog(s.Err, p.Verbose, mask.New(p.file.Secrets()...))})
	if err != nil {
		return err
	}
	defer player.scripts.release()
	for i := range player.scripts.snapshot.Problems {
		fmt.Fprintln(s.Err, lesson.Mark(player.scripts.snapshot.Problems[i].Error()))
	}
	report := newReport(p.Format, s.Out)
	for _, name := range names {
		o := player.play(ctx, filepath.Join(dir, name))
		if o == nil {
			continue
		}
		if err := report.add(o); err != nil {
			return err
		}
	}
	return report.end(p)
}

// recordedDomains are those that were kept beside the recordings in a folder, by digest.
func recordedDomains(dir string) *rasa.DomainCache {
	domains := rasa.NewDomainCache(64, 1<<30)
	for _, request := range recording.Domains(dir) {
		if call, err := rasa.ParseCall(request); err == nil {
			domains.Resolve(call)
		}
	}
	return domains
}

// files are the recordings that p names.
func (p *replayParams) files() (dir string, names []string, err error) {
	info, err := os.Stat(p.Path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		return "", nil, misused("there is no folder or file %s; luaction serve --record DIR makes recordings", p.Path)
	case err != nil:
		return "", nil, failed("%v", err)
	case !info.IsDir():
		return filepath.Dir(p.Path), []string{filepath.Base(p.Path)}, nil
	}
	names, err = recording.List(p.Path)
	if err != nil {
		return "", nil, failed("%v", err)
	}
	return p.Path, names, nil
}

// now is the scripts' clock.
func (p *player) now() time.Time { return time.Now().Add(time.Duration(p.ahead.Load())) }

// play runs one call; nil if it isn't asked for.
func (p *player) play(ctx context.Context, path string) *outcome {
	o := &outcome{File: filepath.Base(path), Verdict: unreadable}
	record, err := recording.Read(path)
	if err != nil {
		o.Problem = err.Error()
		return o
	}
	if p.params.Action != "" && record.Action != p.params.Action {
		return nil
	}
	o.Action, o.Recorded, o.Was = record.Action, record.Time, record.Status
	call, err := rasa.ParseCall(record.Request)
	if err != nil {
		o.Problem = err.Error()
		return o
	}
	if p.params.Clock == "recorded" {
		p.ahead.Store(int64(time.Until(record.Time)))
	}
	answer, failure := p.scripts.engine.Run(ctx, call, nil)
	body := answer.Body
	if o.Now = 200; failure != nil {
		o.Now, body = webhook.Reply(failure)
		o.Problem = failure.Error()
	} else if answer.Failure != nil { // on_error has answered
		o.Problem = answer.Failure.Error()
	}
	p.judge(o, record.Answer, body)
	return o
}

func (p *player) judge(o *outcome, was, now []byte) {
	o.Verdict = same
	if o.Was != o.Now {
		o.Verdict = changed
		if (o.Was == 200) != (o.Now == 200) { // an answer has nothing in common with an error
			return
		}
	}
	differences, err := replay.Compare(was, now, p.ignore)
	if err != nil { // NaN, which no answer of a script has
		if !bytes.Equal(was, now) {
			o.Verdict = changed
		}
		return
	}
	if len(differences) > 0 {
		o.Verdict = changed
		o.Changes = changesOf(differences)
	}
}

// replayLog is where scripts log: warnings unless more is asked for.
func replayLog(w io.Writer, verbose int, secrets *mask.Mask) *slog.Logger {
	if verbose == 0 {
		return slog.New(slog.DiscardHandler)
	}
	return scriptLog(w, verbose-1, secrets)
}
