// Command luaction serves Rasa actions that are Lua scripts.
package main

import (
	"os"

	"github.com/luaction/luaction/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
