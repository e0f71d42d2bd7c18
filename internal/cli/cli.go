// Package cli is the command line. Each command has a file: its parameters, and a function that does the work with the
// streams it is given, so that tests need no process.
package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/luaapi/govalue"
)

// Exit codes.
const (
	exitWell   = 0
	exitFailed = 1 // found problems, or failed
	exitUsage  = 2 // wrong usage
)

// Streams are what a command reads and writes, and what the program brings along for its scripts.
type Streams struct {
	In     io.Reader
	Out    io.Writer
	Err    io.Writer
	Values *govalue.Set // Go values that scripts know by name; nil for none
}

type commands struct {
	Serve       serveParams       `cmd:"" help:"Serve the actions in a folder to Rasa."`
	Run         runParams         `cmd:"" help:"Run one action and print its reply as JSON."`
	Test        testParams        `cmd:"" help:"Run the tests beside the scripts, *_test.lua."`
	Stubs       stubsParams       `cmd:"" help:"Write what editors know of the API: definitions for the Lua language server."`
	Replay      replayParams      `cmd:"" help:"Run recorded calls against the scripts at hand and show what changed."`
	Explain     explainParams     `cmd:"" help:"Explain a message by its code, such as LA032, or list all codes."`
	New         newParams         `cmd:"" help:"Begin a script: an action, a form, slots or a knowledge base, with a test that passes."`
	Check       checkParams       `cmd:"" help:"Find what is wrong with scripts without running them."`
	Version     versionParams     `cmd:"" help:"Print the version."`
	Healthcheck healthcheckParams `cmd:"" help:"Ask a running server whether it is well; for containers."`
}

// exit ends a command with a code, after text on stderr if there is any.
type exit struct {
	code int
	text string
}

// Error is the text.
func (e *exit) Error() string { return e.text }

func failed(format string, args ...any) error { return &exit{exitFailed, fmt.Sprintf(format, args...)} }

func misused(format string, args ...any) error { return &exit{exitUsage, fmt.Sprintf(format, args...)} }

// Main runs the command that args, without the program's name, stand for, and returns the exit code.
func Main(args []string, s Streams) (code int) {
	// kong ends the process after --help; a panic brings the end here, where it is a return.
	type finished struct{ code int }
	bare := len(args) == 0
	if bare {
		args = []string{"--help"} // says more than that a command is missing
		s.Out = s.Err
	}
	defer func() {
		if cause := recover(); cause != nil {
			end, ok := cause.(finished)
			if !ok {
				panic(cause)
			}
			code = end.code
			if bare {
				code = exitUsage
			}
		}
	}()
	var file configured
	parser, err := kong.New(&commands{}, kong.Name("luaction"), kong.Bind(&file), kong.WithBeforeResolve(file.load),
		kong.Description("An action server for Rasa whose actions are Lua scripts."),
		kong.Writers(s.Out, s.Err), kong.Exit(func(code int) { panic(finished{code}) }), kong.Bind(s),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		panic(err) // the structs' tags are wrong
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return explain(&exit{exitUsage, missing(err.Error())}, usedCommand(err), s.Err)
	}
	name, _, _ := strings.Cut(parsed.Command(), " ")
	return explain(parsed.Run(), name, s.Err)
}

// missing says of an argument that isn't there what it is.
func missing(text string) string {
	name, ok := strings.CutPrefix(text, `expected "<`)
	if !ok {
		return text
	}
	name, _, _ = strings.Cut(name, ">")
	if name == "action" {
		return "the action's name is missing, such as action_greet"
	}
	return "the " + name + " is missing"
}

// usedCommand returns the command's name if parsing came that far.
func usedCommand(err error) string {
	var parse *kong.ParseError
	if errors.As(err, &parse) && parse.Context != nil {
		name, _, _ := strings.Cut(parse.Context.Command(), " ")
		return name
	}
	return ""
}

// explain writes why a command failed, and returns its exit code.
func explain(err error, command string, w io.Writer) int {
	if err == nil {
		return exitWell
	}
	code := exitFailed
	var end *exit
	var usage *config.UsageError
	switch {
	case errors.As(err, &end):
		code = end.code
	case errors.As(err, &usage):
		code = exitUsage
	}
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintf(w, "luaction: %s\n", strings.TrimRight(line, "\n"))
	}
	if code == exitUsage {
		help := strings.TrimSpace("luaction " + command)
		fmt.Fprintf(w, "Try %q.\n", help+" --help")
	}
	return code
}
