package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os/exec"
	"time"

	"github.com/luaction/luaction/internal/replay/python"
)

// sdk is a Python that has rasa-sdk.
type sdk struct{ python.Environment }

// install installs this release of the SDK.
func install(program, release string) (sdk, error) {
	e, err := python.Install(program, "rasa-sdk-"+release, "import rasa_sdk, rasa_sdk.grpc_py, grpc_health.v1",
		"recording needs Python 3.10 or newer with venv (Debian: apt-get install python3-venv); PYTHON=… names another. "+
			"Replaying what was recorded needs none",
		"rasa-sdk=="+release, "grpcio-health-checking")
	return sdk{e}, err
}

// ask runs one of our Python programs in a folder: input is its standard input, its standard output has to be JSON.
func (s sdk) ask(folder, program string, input any, args ...string) (json.RawMessage, error) {
	text, err := json.Marshal(input)
	if err != nil {
		return nil, err
	}
	cmd := s.Command(folder, append([]string{"-c", program}, args...)...)
	cmd.Stdin = bytes.NewReader(text)
	out, err := cmd.Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return nil, fmt.Errorf("%w: %s", err, failed.Stderr)
	}
	if err == nil && !json.Valid(out) {
		return nil, fmt.Errorf("no JSON: %.200q", out)
	}
	return out, err
}

// startTime is how long a server may take until it answers; a busy machine needs some.
const startTime = 60 * time.Second

// serve starts the SDK's own server in a case's folder, where its actions.py lies.
func (s sdk) serve(folder string, environment map[string]string, grpc bool) (*python.Process, error) {
	address, port, err := python.FreeAddress()
	if err != nil {
		return nil, err
	}
	args, path := []string{"-m", "rasa_sdk", "--actions", "actions", "--port", port}, "/health"
	if grpc {
		args, path = append(args, "--grpc"), ""
	}
	cmd := s.Command(folder, args...)
	for name, value := range environment {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	return python.Start(cmd, address, path, startTime)
}
