// Package python installs Python programs and runs them: the references that luaction is held against. Only targets that say
// so need it; the tests replay what was recorded.
package python

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Environment is a virtual environment's Python, as the path of the program.
type Environment string

// Install makes an environment of this name with the packages in the user's cache, unless it is there and imports what check
// says. python is the program to make it with, advice what to do where there is none.
func Install(python, name, check, advice string, packages ...string) (Environment, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	home := filepath.Join(cache, "luaction-record", name)
	program := filepath.Join(home, "bin", "python")
	try := []string{"-W", "ignore", "-c", check}
	if exec.Command(program, try...).Run() == nil {
		return Environment(program), nil
	}
	path, err := exec.LookPath(python)
	if err != nil {
		return "", fmt.Errorf("there is no %s: %s", python, advice)
	}
	fmt.Fprintf(os.Stderr, "installing %s into %s\n", strings.Join(packages, ", "), home)
	for _, command := range [][]string{
		{path, "-m", "venv", "--clear", home},
		append([]string{program, "-m", "pip", "install", "--quiet"}, packages...),
		append([]string{program}, try...),
	} {
		if out, err := exec.Command(command[0], command[1:]...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("installing %v: %v: %w\n%s", packages, command, err, out)
		}
	}
	return Environment(program), nil
}

// Command runs the environment's Python in a folder.
func (e Environment) Command(folder string, args ...string) *exec.Cmd {
	cmd := exec.Command(string(e), args...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "SANIC_HOST=127.0.0.1", "PYTHONDONTWRITEBYTECODE=1", "PYTHONWARNINGS=ignore")
	return cmd
}
