// Command rasa plays a dialog through a real open-source Rasa twice: once with the Python SDK behind it, once with luaction.
// What Rasa says, and the events it keeps, have to be the same.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/luaction/luaction/internal/replay"
	"github.com/luaction/luaction/internal/replay/python"
)

// release is the last one of open-source Rasa.
const release = "3.6.21"

func main() {
	program := flag.String("python", "python3.10", "the Python to install Rasa with")
	server := flag.String("server", "bin/luaction", "the built server")
	folder := flag.String("assistant", "testdata/rasa", "the assistant, with actions.py, scripts and dialog.json")
	show := flag.Bool("show", false, "print the transcript")
	flag.Parse()
	wrong, err := compare(*program, *server, *folder, *show)
	if err != nil {
		fmt.Fprintln(os.Stderr, "rasa:", err)
		os.Exit(2)
	}
	for _, line := range wrong {
		fmt.Fprintln(os.Stdout, "DIFFERS", line)
	}
	if len(wrong) > 0 {
		os.Exit(1)
	}
	fmt.Fprintln(os.Stdout, "Rasa", release+": the transcript with luaction is the one with the Python SDK")
}

// compare says where the transcripts differ.
func compare(program, server, folder string, show bool) ([]string, error) {
	rasa, err := python.Install(program, "rasa-"+release, "import rasa, rasa_sdk",
		"Rasa "+release+" needs Python 3.8 to 3.10 with venv, and 2.5 GB; PYTHON=… names another",
		"rasa=="+release, "setuptools<81") // which still has pkg_resources
	if err != nil {
		return nil, err
	}
	if server, err = filepath.Abs(server); err != nil {
		return nil, err
	}
	work, err := os.MkdirTemp("", "luaction-rasa-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(work)
	if err := os.CopyFS(work, os.DirFS(folder)); err != nil {
		return nil, err
	}
	train := rasa.Command(work, "-m", "rasa", "train", "--fixed-model-name", "model", "--quiet")
	if out, err := train.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("training: %w\n%s", err, out)
	}
	var transcripts [2]json.RawMessage
	for i, behind := range []struct {
		name    string
		command func(port string) *exec.Cmd
	}{
		{"the Python SDK", func(port string) *exec.Cmd {
			return rasa.Command(work, "-m", "rasa_sdk", "--actions", "actions", "--port", port)
		}},
		{"luaction", func(port string) *exec.Cmd {
			return exec.Command(server, "serve", "--scripts", filepath.Join(work, "scripts"), "--host", "127.0.0.1", "--port", port, "--admin", "")
		}},
	} {
		if transcripts[i], err = play(rasa, work, behind.command); err != nil {
			return nil, fmt.Errorf("with %s: %w", behind.name, err)
		}
		if show {
			fmt.Fprintf(os.Stdout, "with %s:\n%s\n", behind.name, transcripts[i])
		}
	}
	return (&replay.Step{}).Differences(transcripts[0], transcripts[1], false)
}

// play has the dialog with Rasa in front of this action server.
func play(rasa python.Environment, work string, command func(port string) *exec.Cmd) (json.RawMessage, error) {
	address, port, err := python.FreeAddress()
	if err != nil {
		return nil, err
	}
	actions, err := python.Start(command(port), address, "/health", time.Minute)
	if err != nil {
		return nil, err
	}
	defer actions.Stop()
	endpoints := "action_endpoint:\n  url: http://" + address + "/webhook\n"
	if err := os.WriteFile(filepath.Join(work, "endpoints.yml"), []byte(endpoints), 0o600); err != nil {
		return nil, err
	}
	address, port, err = python.FreeAddress()
	if err != nil {
		return nil, err
	}
	front, err := python.Start(rasa.Command(work, "-m", "rasa", "run", "--enable-api", "--model", "models/model.tar.gz",
		"--endpoints", "endpoints.yml", "--interface", "127.0.0.1", "--port", port), address, "/status", 3*time.Minute)
	if err != nil {
		return nil, err
	}
	defer front.Stop()
	found, err := talk("http://"+address, filepath.Join(work, "dialog.json"))
	if err != nil {
		return nil, fmt.Errorf("%w\n%s\n%s", err, actions.Log(), front.Log())
	}
	return found, nil
}
