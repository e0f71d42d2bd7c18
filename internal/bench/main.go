// Command bench measures servers of actions beside one another: CPU time per request, as a ratio to a Fiber endpoint that ignores its
// body and sends the same answer. All are processes of their own, loaded in turn in one run. Linux only. Run it from the project's root.
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

// settings are what the flags say.
type settings struct {
	rounds  int
	slice   time.Duration
	only    string // part of a cell's name
	servers string // names, with commas between them
	binary  string
	beside  string // another binary of ours, to compare with
	close   bool   // a connection for each request
	profile string
	python  string
	inside  int // calls in flight, of the measurement of many
}

func main() {
	var s settings
	connections := flag.String("connections", "keep", "keep: each is used again; close: one for each request")
	many := flag.Bool("many", false, "measure calls that wait, idle memory and the start instead")
	flag.IntVar(&s.rounds, "rounds", 7, "interleaved rounds; the median counts")
	flag.DurationVar(&s.slice, "slice", time.Second, "how long each server is loaded in a round")
	flag.StringVar(&s.only, "only", "", "parts of cells' names, such as book/2k,noop")
	flag.StringVar(&s.servers, "servers", "native,python,luaction", "which to measure beside the floor")
	flag.StringVar(&s.binary, "server", "bin/luaction", "the built server")
	flag.StringVar(&s.beside, "beside", "", "another built server, measured as \"other\"")
	flag.StringVar(&s.profile, "profile", "", "have luaction write a CPU profile to this file; it runs inside this program then")
	flag.StringVar(&s.python, "python", "python3", "the Python that the SDK is installed with")
	flag.IntVar(&s.inside, "calls", 1000, "calls in flight, with -many")
	role := flag.String("role", "", "internal: serve as floor, native or luaction")
	address := flag.String("address", "", "internal: where to serve")
	flag.Parse()
	s.close = *connections == "close"
	if err := act(&s, *role, *address, *many); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func act(s *settings, role, address string, many bool) error {
	switch role {
	case "":
	case "floor":
		return serveFloor(address)
	case "native":
		return serveNative(address)
	case "luaction":
		return serveProfiled(s.profile, flag.Args())
	default:
		return fmt.Errorf("-role: %q is none", role)
	}
	if many {
		return measureMany(s)
	}
	return measureCells(s)
}

func (s *settings) wants(server string) bool {
	return strings.Contains(","+s.servers+",", ","+server+",")
}

func (s *settings) wantsCell(cell string) bool {
	for part := range strings.SplitSeq(s.only, ",") {
		if strings.Contains(cell, part) {
			return true
		}
	}
	return false
}
