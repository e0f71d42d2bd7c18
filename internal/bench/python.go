package main

import (
	_ "embed"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
)

//go:embed python/actions.py
var pythonActions []byte //nolint:gochecknoglobals // the only way to embed a file

// sdkVersion is the release that is measured; README says which one the figures are of.
const sdkVersion = "3.21.1"

// startPython starts the real Python SDK with the same actions. It is installed once, into the user's cache folder.
func startPython(python string) (*process, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	home := filepath.Join(cache, "luaction-bench", "rasa-sdk-"+sdkVersion)
	program := filepath.Join(home, "bin", "python")
	if err := installSDK(python, home, program); err != nil {
		return nil, err
	}
	folder := filepath.Join(home, "actions")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(folder, "bench_actions.py"), pythonActions, 0o644); err != nil {
		return nil, err
	}
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	_, port, _ := net.SplitHostPort(address)
	cmd := exec.Command(program, "-m", "rasa_sdk", "--quiet", "--port", port, "--actions", "bench_actions")
	cmd.Dir = folder
	return begin("python", address, cmd)
}

// installSDK makes a virtual environment with the SDK unless a whole one is there.
func installSDK(python, home, program string) error {
	check := []string{"-c", "import rasa_sdk"}
	if exec.Command(program, check...).Run() == nil {
		return nil
	}
	path, err := exec.LookPath(python)
	if err != nil {
		return fmt.Errorf("there is no %s", python)
	}
	for _, command := range [][]string{
		{path, "-m", "venv", "--clear", home},
		{program, "-m", "pip", "install", "--quiet", "rasa-sdk==" + sdkVersion},
		append([]string{program}, check...),
	} {
		if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("%v: %w: %s", command, err, out)
		}
	}
	return nil
}
