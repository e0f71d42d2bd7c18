// Command standin answers in the place of the service that an example calls, so that the example can be tried without one.
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"os/signal"
	"slices"

	"github.com/luaction/luaction/internal/replay"
)

func main() {
	address := flag.String("address", "127.0.0.1:8080", "where to answer")
	flag.Parse()
	service, err := replay.ReadStandIn(flag.Arg(0))
	if err != nil {
		fmt.Fprintln(os.Stderr, "standin:", err)
		os.Exit(2)
	}
	env, stop, err := service.Start(*address)
	if err != nil {
		fmt.Fprintln(os.Stderr, "standin:", err)
		os.Exit(1)
	}
	defer stop()
	fmt.Fprintln(os.Stdout, "# Until Ctrl-C. In another terminal, before luaction is started:")
	for _, name := range slices.Sorted(maps.Keys(env)) {
		fmt.Fprintf(os.Stdout, "export %s=%s\n", name, env[name])
	}
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, os.Interrupt)
	<-asked
}
