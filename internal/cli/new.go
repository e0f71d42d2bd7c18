package cli

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"

	"github.com/luaction/luaction/internal/scaffold"
)

type newParams struct {
	Action  string `arg:"" help:"Name of the action, as Rasa calls it."`
	Kind    string `default:"" enum:",action,form,slots,knowledge_base" help:"What it is: action, form, slots or knowledge_base. Unless given the name says it: validate_<name>_form is a form, action_validate_slot_mappings slots, action_query_knowledge_base a knowledge base, any other an action."`
	Scripts string `env:"LUACTION_SCRIPTS" default:"scripts" help:"Folder with the actions."`
	Config  string `env:"LUACTION_CONFIG" placeholder:"FILE" help:"Configuration in YAML, which may say where the scripts are."`
}

// Run begins a script.
func (p *newParams) Run(s Streams) error { return newScript(context.Background(), *p, s) }

// shellWord is a word as a shell takes it for one.
func shellWord(word string) string {
	if strings.ContainsAny(word, " \t\n'\"\\$`&|;<>()*?[]{}#!~") {
		return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
	}
	return word
}

// newScript writes the script and its test, and says what to do next.
func newScript(ctx context.Context, p newParams, s Streams) error {
	if p.Kind == "" {
		p.Kind = scaffold.KindOf(p.Action)
	}
	if err := scaffold.CheckName(p.Action, p.Kind); err != nil {
		return misused("%v", err)
	}
	if at := scaffold.Taken(ctx, p.Scripts, p.Action); at != "" {
		return failed("the action %s is there already, in %s", p.Action, filepath.Join(p.Scripts, filepath.FromSlash(at)))
	}
	files, err := scaffold.Files(p.Action, p.Kind)
	if err != nil {
		return failed("%v", err)
	}
	if err := scaffold.Write(p.Scripts, files); err != nil {
		return failed("%v", err)
	}
	refreshStubs(p.Scripts, s, slog.New(slog.DiscardHandler))
	var out strings.Builder
	for _, f := range files {
		fmt.Fprintln(&out, "wrote", filepath.Join(p.Scripts, filepath.FromSlash(f.Path)))
	}
	if advice := scaffold.Advice(p.Action, p.Kind); advice != "" {
		fmt.Fprintf(&out, "\nNote: %s.\n", advice)
	}
	folder := ""
	if p.Scripts != "scripts" {
		folder = " " + shellWord(p.Scripts)
	}
	fmt.Fprintf(&out, "\nNext: change it to what you need, and\n"+
		"  luaction test%s   runs its test\n"+
		"  luaction check%s  finds slips without running it\n"+
		"Rasa calls it once %s stands under actions: in the assistant's domain.\n", folder, folder, p.Action)
	_, err = fmt.Fprint(s.Out, out.String())
	return err
}
