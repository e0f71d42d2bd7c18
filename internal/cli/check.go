package cli

import (
	"context"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/check"
	"github.com/luaction/luaction/internal/check/assistant"
	"github.com/luaction/luaction/internal/check/known"
	"github.com/luaction/luaction/internal/check/report"
	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/internal/double"
	"github.com/luaction/luaction/internal/lesson"
	"github.com/luaction/luaction/internal/screen"
	"github.com/luaction/luaction/internal/scripttest"
)

type checkParams struct {
	Dir    string `arg:"" optional:"" help:"Folder with the actions, or one script; what --config says, or scripts, unless given."`
	Format string `enum:"text,json,github,sarif" default:"text" help:"text, json, github (annotations), or sarif."`
	Domain string `placeholder:"FILE|DIR" help:"The assistant's domain, which is compared with the scripts."`
	Color  string `enum:"auto,always,never" default:"auto" help:"auto (on a terminal), always, or never."`
	Config string `env:"LUACTION_CONFIG" placeholder:"FILE" help:"Configuration in YAML; services, databases and variables that it doesn't have are problems."`

	file *config.File // nil without one
}

// Run checks the scripts of a folder.
func (p *checkParams) Run(s Streams, file *configured) error {
	p.file = file.File
	return checkScripts(context.Background(), *p, s)
}

// checkScripts writes every problem of every script to s.Out. If there is any, the error is an exit 1 without a text.
func checkScripts(ctx context.Context, p checkParams, s Streams) error {
	at, err := p.target()
	if err != nil {
		return err
	}
	var domain *assistant.Domain
	if p.Domain != "" {
		if domain, err = assistant.Load(p.Domain); err != nil {
			return misused("--domain: %v", err)
		}
	}
	snapshot := script.NewLoader(script.Options{Dir: at.dir, Compile: engine.Compile, Read: engine.Read}).Load(ctx)
	options := check.Options{Modules: engine.Reference(s.Values), Dir: at.dir, Tests: append(double.Reference(), scripttest.Reference()...)}
	if s.Values != nil {
		options.Values = s.Values.Names()
	}
	found := withoutEcho(check.Run(ctx, snapshot, options))
	paths := scriptPaths(snapshot)
	if at.script != "" && !slices.Contains(paths, at.script) && !strings.HasSuffix(at.script, "_test.lua") {
		return misused("%s is none of the scripts in %s: names that begin with _ or . are left out", p.Dir, at.dir)
	}
	lists := configuredNames(p.file, p.Config)
	var problems []report.Problem
	if domain != nil {
		maps.Copy(lists, domain.Names())
		for _, f := range domain.Compare(actionPaths(paths)) {
			problems = append(problems, report.Problem{Finding: f.Finding, File: f.File})
		}
	}
	if len(lists) > 0 {
		found = append(found, known.Compare(check.Uses(ctx, snapshot, options), lists)...)
	}
	for _, f := range found {
		problems = append(problems, report.Problem{Finding: f})
	}
	r := &report.Report{Problems: at.place(problems, p.Format), Scripts: len(paths), Rule: ruleOf}
	if at.script != "" {
		r.Scripts = 1
	}
	if err := p.writer(s).Write(s.Out, r); err != nil {
		return err
	}
	if len(r.Problems) > 0 {
		return &exit{code: exitFailed}
	}
	return nil
}

func (p *checkParams) writer(s Streams) report.Writer {
	switch p.Format {
	case "json":
		return report.JSON{}
	case "github":
		return report.GitHub{}
	case "sarif":
		version, _ := buildVersion()
		return report.SARIF{Version: version}
	}
	return report.Text{Color: colored(s.Out, p.Color), Width: screen.Of(s.Out).Width}
}

// withoutEcho leaves out that nothing can be served when a script's problem is why.
func withoutEcho(found []check.Finding) []check.Finding {
	reason := slices.ContainsFunc(found, func(f check.Finding) bool { return f.Script != "" && !f.Warning })
	return slices.DeleteFunc(found, func(f check.Finding) bool { return reason && f.Rule == script.RuleFolder })
}

// ruleOf is the lesson of a finding. Of one that a script doesn't load the message says more than the rule.
func ruleOf(f *check.Finding) report.Rule {
	found, ok := lesson.OfRule(f.Rule)
	message := f.Message
	if f.Hint != "" {
		message += "; " + f.Hint
	}
	if byMessage, has := lesson.OfMessage(message); has && (!ok || f.Rule == "syntax") {
		found, ok = byMessage, true
	}
	if !ok {
		return report.Rule{}
	}
	help := found.Text
	if found.Right != "" {
		help += "\n\n```lua\n" + strings.TrimRight(found.Right, "\n") + "\n```"
	}
	return report.Rule{Code: found.Code, Title: found.Title, Help: help}
}

// scriptPaths are the scripts that there are, those that can't be loaded included, below the scripts folder.
func scriptPaths(snapshot *script.Snapshot) []string {
	paths := map[string]bool{}
	for _, action := range snapshot.Actions {
		paths[action.Path] = true
	}
	for _, lib := range snapshot.Libs {
		paths[lib.Path] = true
	}
	for i := range snapshot.Problems {
		if at := snapshot.Problems[i].Script; strings.HasSuffix(at, ".lua") {
			paths[at] = true
		}
	}
	return slices.Sorted(maps.Keys(paths))
}

// actionPaths are the scripts that are actions, by their names.
func actionPaths(paths []string) map[string]string {
	actions := map[string]string{}
	for _, at := range paths {
		if !strings.HasPrefix(at, "lib/") {
			actions[strings.TrimSuffix(path.Base(at), ".lua")] = at
		}
	}
	return actions
}

// configuredNames are the lists of what scripts may name of the configuration; none without a file.
func configuredNames(file *config.File, name string) map[string]known.List {
	lists := map[string]known.List{}
	if file == nil {
		return lists
	}
	list := func(noun, hint string, names []string) known.List {
		return known.List{
			Names: names, Rule: "not-configured",
			Message: func(of string) string { return fmt.Sprintf("the configuration has no %s `%s`", noun, of) },
			Hint:    func(of string) string { return fmt.Sprintf(hint, of, name) },
		}
	}
	var variables []string
	for _, v := range file.Env {
		variables = append(variables, v.Name)
	}
	lists["service"] = list("service", "add `%s` below `http:` in %s", slices.Sorted(maps.Keys(file.HTTP)))
	lists["database"] = list("database", "add `%s` below `sql:` in %s", slices.Sorted(maps.Keys(file.SQL)))
	lists["variable"] = list("environment variable", "add `%s` to the list `env:` in %s", variables)
	return lists
}
