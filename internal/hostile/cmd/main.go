//go:build unix

// Command cmd attacks a built server in every way that the package hostile knows, and prints what came of it as Markdown.
package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"

	"github.com/luaction/luaction/internal/hostile"
)

func main() {
	o := hostile.Options{Log: os.Stderr}
	flag.StringVar(&o.Server, "server", "bin/luaction", "the built server")
	flag.StringVar(&o.Only, "only", "", "part of an attack's name")
	flag.BoolVar(&o.Quick, "quick", false, "a part of the attacks")
	flag.DurationVar(&o.Slack, "slack", 0, "how long after the deadline an answer may come; 250ms unless given")
	into := flag.String("into", "", "file whose part between the two marks the table replaces; else it is printed")
	flag.Parse()
	o.Corpus = flag.Arg(0)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(attack(ctx, o, *into))
}

func attack(ctx context.Context, o hostile.Options, into string) int {
	report, err := hostile.Run(ctx, o)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	var table bytes.Buffer
	if err := report.Markdown(&table); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	if into == "" {
		_, err = os.Stdout.Write(table.Bytes())
	} else {
		err = replace(into, table.Bytes())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	wrong := report.Wrong()
	for _, line := range wrong {
		fmt.Fprintln(os.Stderr, "FAIL", line)
	}
	if len(wrong) > 0 {
		return 1
	}
	return 0
}

// The marks between which a file holds the table.
const (
	from  = "<!-- results -->\n"
	until = "<!-- end of results -->"
)

func replace(file string, table []byte) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	before, rest, ok1 := bytes.Cut(text, []byte(from))
	_, after, ok2 := bytes.Cut(rest, []byte(until))
	if !ok1 || !ok2 {
		return errors.New(file + " has no place for the results")
	}
	return os.WriteFile(file, bytes.Join([][]byte{before, []byte(from), []byte("\n"), table, []byte("\n"), []byte(until), after}, nil), 0o644)
}
