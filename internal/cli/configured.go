package cli

import (
	"os"
	"slices"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/luaction/luaction/internal/config"
)

// configured is the configuration file of a command that takes --config.
type configured struct{ *config.File } // nil without one

// load reads the file before the flags get their values, and has those that nobody gave take theirs from it.
func (c *configured) load(ctx *kong.Context) error {
	for _, path := range ctx.Path {
		for _, flag := range path.Flags {
			if flag.Name != "config" {
				continue
			}
			name, _ := ctx.FlagValue(flag).(string)
			if name == "" {
				return nil
			}
			load := config.Load
			if command, _, _ := strings.Cut(ctx.Command(), " "); command == "check" || command == "test" { // often where there are no secrets
				load = config.Survey
			}
			file, err := load(name)
			if err != nil {
				return err
			}
			c.File = file
			ctx.AddResolver(kong.ResolverFunc(c.resolve(ctx.Command())))
			return nil
		}
	}
	return nil
}

// resolve returns what finds a flag's value in the file. Environment variables were read already, and win.
func (c *configured) resolve(command string) func(*kong.Context, *kong.Path, *kong.Flag) (any, error) {
	return func(ctx *kong.Context, path *kong.Path, flag *kong.Flag) (any, error) {
		if command != "serve" && flag.Name != "scripts" && flag.Name != "timeout" { // what others share with the server
			return nil, nil
		}
		if inEnvironment(flag) || twinGiven(ctx, path, flag) {
			return nil, nil
		}
		return c.Value(flag.Name), nil
	}
}

// scriptsFolder is where the scripts are if nobody says it with the command.
func scriptsFolder(file *config.File) string {
	if dir := os.Getenv("LUACTION_SCRIPTS"); dir != "" {
		return dir
	}
	if file != nil {
		if dir, ok := file.Value("scripts").(string); ok {
			return dir
		}
	}
	return "scripts"
}

func inEnvironment(flag *kong.Flag) bool {
	return slices.ContainsFunc(flag.Envs, func(name string) bool {
		_, set := os.LookupEnv(name)
		return set
	})
}

// twinGiven says whether the flag for the same secret in the other form, token-file for token, was given.
func twinGiven(ctx *kong.Context, path *kong.Path, flag *kong.Flag) bool {
	twin, isFile := strings.CutSuffix(flag.Name, "-file")
	if !isFile {
		twin += "-file"
	}
	for _, other := range path.Flags {
		if other.Name == twin {
			onLine := slices.ContainsFunc(ctx.Path, func(p *kong.Path) bool { return p.Flag == other })
			return onLine || inEnvironment(other)
		}
	}
	return false
}
