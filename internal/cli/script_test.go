package cli_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/luaction/luaction/internal/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"luaction": func() {
			os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
		},
	})
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"ready": ready,
			"await": await,
			"http":  request,
		},
	})
}

const patience = 20 * time.Second

// ready waits until the server that logs to the file is ready, and sets $url and $admin.
func ready(ts *testscript.TestScript, _ bool, args []string) {
	line := waitFor(ts, args[0], `"ready on [^\n]*`)
	ts.Setenv("url", regexp.MustCompile(`https?://[^"]*`).FindString(line))
	if admin := regexp.MustCompile(`"admin":"([^"]*)`).FindStringSubmatch(line); admin != nil {
		ts.Setenv("admin", "http://"+admin[1])
	}
	_, port, _ := strings.Cut(strings.TrimPrefix(ts.Getenv("url"), "http://"), ":")
	ts.Setenv("port", port)
}

// await waits until a file has what a pattern matches.
func await(ts *testscript.TestScript, _ bool, args []string) { waitFor(ts, args[0], args[1]) }

func waitFor(ts *testscript.TestScript, name, pattern string) string {
	re := regexp.MustCompile(pattern)
	var text []byte
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		text, _ = os.ReadFile(filepath.Join(ts.Getenv("WORK"), name))
		if found := re.Find(text); found != nil {
			return string(found)
		}
	}
	ts.Fatalf("%s has no %s:\n%s", name, pattern, text)
	return ""
}

// request makes a request: http METHOD URL [FILE]. It prints the status and the body.
func request(ts *testscript.TestScript, neg bool, args []string) {
	var body io.Reader
	if len(args) > 2 {
		body = bytes.NewBufferString(ts.ReadFile(args[2]))
	}
	req, err := http.NewRequest(args[0], args[1], body)
	ts.Check(err)
	client := &http.Client{Timeout: patience, Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Do(req)
	if (err != nil) != neg {
		ts.Fatalf("%v", err)
	}
	if err != nil {
		return
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	ts.Check(err)
	fmt.Fprintf(ts.Stdout(), "%d %s\n%s\n", resp.StatusCode, resp.Header.Get("X-Luaction-Snapshot"), text)
}
