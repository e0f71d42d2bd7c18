// Package host is luaction as a part of another program: its command line with values of the program's own that scripts know by
// name, or the actions alone, behind the program's own server. docs/embedding.md has both.
package host

import (
	"fmt"
	"io"
	"os"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/internal/cli"
	"github.com/luaction/luaction/luaapi/govalue"
)

// Value is what scripts get to know under one name: a Go value with the list of methods that they may call, or a function.
type Value = govalue.Value

// Options are what Main adds to luaction, and where it works. The zero value is luaction as it is.
type Options struct {
	// Values are Go values by the names that scripts know them by. A name that luaction has itself is an error.
	Values map[string]Value
	// Args is the command line without the program's name; os.Args[1:] if nil.
	Args []string
	// In, Out and Err are the process's own streams if nil.
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

// Main runs luaction's command line, serve, run and all others, and returns the exit code: 1 if the values can't be handed to scripts,
// and luaction's own otherwise. It takes the process's signals while it serves.
//
//	func main() { os.Exit(host.Main(host.Options{Values: map[string]host.Value{"shop": {Go: shop, Methods: []string{"Price"}}}})) }
func Main(o Options) int {
	streams := cli.Streams{In: o.In, Out: o.Out, Err: o.Err}
	if o.In == nil {
		streams.In = os.Stdin
	}
	if o.Out == nil {
		streams.Out = os.Stdout
	}
	if o.Err == nil {
		streams.Err = os.Stderr
	}
	if o.Args == nil {
		o.Args = os.Args[1:]
	}
	values, err := check(o.Values)
	if err != nil {
		fmt.Fprintf(streams.Err, "luaction: %v\n", err)
		return 1
	}
	streams.Values = values
	return cli.Main(o.Args, streams)
}

// check says what is wrong with the values, or returns them as the engine takes them.
func check(values map[string]Value) (*govalue.Set, error) {
	set, err := govalue.New(values)
	if err != nil {
		return nil, err
	}
	return set, engine.CheckValues(set)
}
