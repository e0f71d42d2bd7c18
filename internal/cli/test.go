package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/app"
	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/internal/lesson"
	"github.com/luaction/luaction/internal/screen"
	"github.com/luaction/luaction/internal/scripttest"
	testreport "github.com/luaction/luaction/internal/scripttest/report"
)

type testParams struct {
	Dir      string        `arg:"" optional:"" help:"Folder with the scripts and their tests; as for serve if it isn't given."`
	Match    string        `name:"run" placeholder:"PATTERN" help:"Only tests whose name, \"file: describe it\", has what this regular expression matches."`
	Format   string        `default:"text" enum:"text,json,junit,tap" help:"Form of the report: text, json, junit or tap."`
	Timeout  time.Duration `default:"10s" help:"The longest that one test may take."`
	Watch    bool          `help:"Run the tests again whenever a file in the folder changes."`
	Coverage optionalFile  `placeholder:"FILE" help:"Tell which lines of the scripts ran; with =FILE, into a file."`
	LCOV     string        `name:"coverage-lcov" placeholder:"FILE" help:"The same for editors and build servers."`
	Verbose  bool          `short:"v" help:"Show each test and what it logged, not only those that failed."`
	Config   string        `env:"LUACTION_CONFIG" placeholder:"FILE" help:"Configuration in YAML. Services in it are never reached: tests stand in for them."`

	file    *config.File // nil without one
	pattern *regexp.Regexp
	colour  bool
}

// optionalFile is a flag that may be given without a value.
type optionalFile struct {
	on   bool
	path string // "" for none
}

// Decode takes the value behind =, if there is one.
func (o *optionalFile) Decode(ctx *kong.DecodeContext) error {
	o.on = true
	if ctx.Scan.Peek().Type == kong.FlagValueToken {
		return ctx.Scan.PopValueInto("file", &o.path)
	}
	return nil
}

// IsBool has kong take the flag without a value.
func (*optionalFile) IsBool() bool { return true }

var _ kong.BoolMapperValue = (*optionalFile)(nil)

// Run runs the tests until they are done, or until somebody ends it.
func (p *testParams) Run(s Streams, file *configured) error {
	p.file = file.File
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return testCommand(ctx, *p, s)
}

// testCommand runs the tests of a folder, and again at each change if it is to watch.
func testCommand(ctx context.Context, p testParams, s Streams) error {
	if p.Timeout <= 0 {
		return misused("--timeout: must be more than 0, such as 10s, and it is %s", p.Timeout)
	}
	if p.Match != "" {
		pattern, err := regexp.Compile(p.Match)
		if err != nil {
			return misused("--run %s: this is no regular expression: %v", p.Match, err)
		}
		p.pattern = pattern
	}
	p.colour = p.Format == "text" && screen.Of(s.Out).Color
	if p.Dir == "" {
		p.Dir = scriptsFolder(p.file)
	}
	if info, err := os.Stat(p.Dir); err == nil && !info.IsDir() {
		return misused("%s is a file; name the folder of the scripts, and the file as --run %s", p.Dir, filepath.Base(p.Dir))
	}
	loader := script.NewLoader(script.Options{Dir: p.Dir, Compile: engine.Compile, Read: engine.Read, Tests: true})
	if !p.Watch {
		loader.Load(ctx)
		return testOnce(ctx, &p, loader.Current(), s)
	}
	return testAgain(ctx, &p, loader, s)
}

// noTest is the error of a run without any test.
func noTest(format string, args ...any) error {
	return failed("%s", lesson.Mark("no test ran: "+fmt.Sprintf(format, args...)))
}

// testOnce runs the tests of a snapshot. The error is an exit 1 unless all is well.
func testOnce(ctx context.Context, p *testParams, snapshot *script.Snapshot, s Streams) error {
	if len(snapshot.Tests) == 0 {
		for i := range snapshot.Problems {
			if problem := &snapshot.Problems[i]; problem.Script == "" && !problem.Warning {
				if _, err := os.Stat(p.Dir); errors.Is(err, fs.ErrNotExist) {
					return noTest("there is no folder %s; say which one has the scripts: luaction test DIR, or begin one: luaction new action_greet", p.Dir)
				}
				return noTest("%s", problem.Error())
			}
		}
		if closed := closedFolders(p.Dir, snapshot); len(closed) > 0 {
			return noTest("%s", strings.Join(closed, "\n"))
		}
		return noTest("there is no file in %s whose name ends in _test.lua", p.Dir)
	}
	options := scripttest.Options{Snapshot: snapshot, Run: p.pattern, Timeout: p.Timeout, HTTP: app.HTTPOptions(p.file)}
	for name, service := range options.HTTP.Services {
		service.CAFile = "" // nobody is called
		options.HTTP.Services[name] = service
	}
	app.Settle(&options.Engine, p.file)
	options.Engine.Mask, options.Engine.Values = mask.New(p.file.Secrets()...), s.Values
	if p.Coverage.on || p.LCOV != "" {
		options.Coverage = scripttest.NewCoverage(snapshot)
	}
	reporter, err := testreport.New(p.Format, s.Out, testreport.Options{Verbose: p.Verbose, Colour: p.colour})
	if err != nil {
		return misused("--format: %v", err)
	}
	summary, err := scripttest.Run(ctx, options, reporter)
	switch {
	case ctx.Err() != nil:
		return failed("ended before all tests had run")
	case err != nil:
		return err
	}
	if err := p.coverage(options.Coverage, s); err != nil {
		return err
	}
	if closed := closedFolders(p.Dir, snapshot); len(closed) > 0 && !summary.Bad() {
		return failed("tests may lie where none could be read:\n%s", strings.Join(closed, "\n"))
	}
	return verdict(p, summary)
}

// verdict is the error if not all went well.
func verdict(p *testParams, s *scripttest.Summary) error {
	switch {
	case s.Bad():
		return failed("%s", troubles(s))
	case s.Ran() > 0:
		return nil
	case p.pattern != nil && s.Pending == 0:
		return noTest("--run %s matches no test's name; names are such as \"greet_test.lua: greeting says the name\"", p.Match)
	case s.Pending > 0:
		return noTest("all are pending")
	}
	return noTest("the files have none; write it(\"…\", function() … end)")
}

func troubles(s *scripttest.Summary) string {
	var parts []string
	add := func(n int, one, more string) {
		switch {
		case n == 1:
			parts = append(parts, "1 "+one)
		case n > 1:
			parts = append(parts, fmt.Sprintf("%d %s", n, more))
		}
	}
	add(s.Failed, "test failed", "tests failed")
	add(s.NotRun, "test was not run", "tests were not run")
	add(s.Broken, "file of tests can't run", "files of tests can't run")
	return strings.Join(parts, ", ")
}

// coverage writes what ran, where it is wanted.
func (p *testParams) coverage(c *scripttest.Coverage, s Streams) error {
	if c == nil {
		return nil
	}
	if p.Coverage.on && p.Coverage.path == "" {
		w := s.Out
		if p.Format != "text" {
			w = s.Err
		}
		if err := testreport.Coverage(w, c); err != nil {
			return err
		}
	}
	if p.Coverage.path != "" {
		if err := writeTo(p.Coverage.path, func(w io.Writer) error { return testreport.Coverage(w, c) }); err != nil {
			return failed("--coverage: %v", err)
		}
	}
	if p.LCOV != "" {
		err := writeTo(p.LCOV, func(w io.Writer) error { return testreport.LCOV(w, c, filepath.ToSlash(p.Dir)) })
		if err != nil {
			return failed("--coverage-lcov: %v", err)
		}
	}
	return nil
}

func writeTo(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(write(file), file.Close())
}

// testAgain runs the tests, and again at each change, until ctx ends.
func testAgain(ctx context.Context, p *testParams, loader *script.Loader, s Streams) error {
	changed := make(chan struct{}, 1)
	loader.OnChange(func(_, _ *script.Snapshot) {
		select {
		case changed <- struct{}{}:
		default:
		}
	})
	var watching sync.WaitGroup
	watching.Go(func() { _ = loader.Watch(ctx) }) // its error is that ctx ended
	defer watching.Wait()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
		if p.Format == "text" && screen.Of(s.Out).Terminal {
			fmt.Fprint(s.Out, "\x1b[2J\x1b[3J\x1b[H")
		}
		err := testOnce(ctx, p, loader.Current(), s)
		if ctx.Err() != nil {
			return nil
		}
		switch {
		case err != nil && p.Format == "text":
			fmt.Fprintln(s.Out, err.Error())
		case err != nil:
			fmt.Fprintln(s.Err, err.Error()) // a program reads the report
		}
		if p.Format == "text" {
			fmt.Fprintln(s.Out, "Waiting for a change; Ctrl-C ends.")
		}
	}
}
