// Command record asks the real Python SDK what the recorded cases ask luaction, so that they can be renewed when the SDK moves.
// It installs the SDK into a folder of its own in the user's cache, starts it for each case with the case's actions.py, and
// compares what it answers with what was recorded; without --check it writes what differs.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// defaultSDK is the release that the cases are of.
const defaultSDK = "3.21.1"

type options struct {
	python, sdk, only, root string
	check                   bool
}

func main() {
	var o options
	flag.StringVar(&o.python, "python", "python3", "the Python to install the SDK with")
	flag.StringVar(&o.sdk, "sdk", defaultSDK, "the release of rasa-sdk")
	flag.StringVar(&o.only, "only", "", "part of the name of a case or of a recorded file")
	flag.BoolVar(&o.check, "check", false, "compare only, write nothing")
	flag.StringVar(&o.root, "testdata", "testdata", "the folder with the cases")
	flag.Parse()
	home, err := install(o.python, o.sdk)
	if err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(2)
	}
	changed, err := o.record(home)
	if err != nil {
		fmt.Fprintln(os.Stderr, "record:", err)
		os.Exit(2)
	}
	if o.check && changed {
		os.Exit(1)
	}
}

// record records everything that there is to record, and says whether anything differs from what is in the files.
func (o *options) record(home sdk) (changed bool, err error) {
	folders, err := casesBelow(filepath.Join(o.root, "conformance"), o.only)
	if err != nil {
		return false, err
	}
	asked := 0
	for _, part := range []struct {
		name   string
		record func(sdk) (bool, error)
	}{{signaturesFile, o.signatures}, {answersFile, o.page}} {
		if !strings.Contains(part.name, o.only) {
			continue
		}
		asked++
		differs, err := part.record(home)
		if err != nil {
			return changed, fmt.Errorf("%s: %w", part.name, err)
		}
		changed = changed || differs
	}
	if len(folders) == 0 && asked == 0 {
		return false, fmt.Errorf("nothing has %q in its name", o.only)
	}
	if len(folders) == 0 {
		return changed, nil
	}
	differs, err := o.cases(home, folders)
	return changed || differs, err
}

// cases records each case, several at once, and prints one line for each answer that differs.
func (o *options) cases(home sdk, folders []string) (changed bool, err error) {
	root := filepath.Join(o.root, "conformance")
	var wait sync.WaitGroup
	var lock sync.Mutex
	same, different, without, failed := 0, 0, 0, 0
	next := make(chan string)
	for range runtime.NumCPU() {
		wait.Go(func() {
			for folder := range next {
				name := strings.TrimPrefix(filepath.ToSlash(folder), filepath.ToSlash(root)+"/")
				lines, err := recordCase(home, folder, !o.check)
				lock.Lock()
				switch {
				case os.IsNotExist(err):
					without++
					fmt.Fprintln(os.Stdout, "NO PYTHON", name)
				case err != nil:
					failed++
					fmt.Fprintln(os.Stdout, "FAIL", name+":", err)
				case len(lines) > 0:
					different++
					for _, line := range lines {
						fmt.Fprintln(os.Stdout, "DIFFERS", name+":", line)
					}
				default:
					same++
				}
				lock.Unlock()
			}
		})
	}
	for _, folder := range folders {
		next <- folder
	}
	close(next)
	wait.Wait()
	fmt.Fprintf(os.Stdout, "rasa-sdk %s: %d cases agree, %d differ, %d without actions.py, %d failed\n", o.sdk, same, different, without, failed)
	if failed > 0 {
		return different > 0, fmt.Errorf("%d cases could not be asked", failed)
	}
	return different > 0, nil
}
