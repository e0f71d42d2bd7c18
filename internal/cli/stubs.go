package cli

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/luaction/luaction/internal/stubs"
)

type stubsParams struct {
	Dir string `arg:"" optional:"" env:"LUACTION_SCRIPTS" default:"scripts" help:"Folder that the editor opens: that of the scripts, or one above it."`
}

// Run writes what editors know of the API.
func (p *stubsParams) Run(s Streams) error { return writeStubs(*p, s) }

// writeStubs writes the definition files and the language server's settings into a folder that is there.
func writeStubs(p stubsParams, s Streams) error {
	info, err := os.Stat(p.Dir)
	switch {
	case err != nil:
		return failed("there is no folder %s; name the one that your editor opens: luaction stubs DIR", p.Dir)
	case !info.IsDir():
		return failed("%s is a file; name the folder that your editor opens: luaction stubs DIR", p.Dir)
	}
	changed, err := stubs.Write(p.Dir, s.Values)
	if err != nil {
		return failed("the definition files can't be written: %v", err)
	}
	fmt.Fprintf(s.Out, "%s: %s\n", filepath.Join(p.Dir, stubs.Folder), said(changed))
	changed, kept, err := stubs.WriteSettings(p.Dir)
	if err != nil {
		return failed("%v", err)
	}
	fmt.Fprintf(s.Out, "%s: %s\n", filepath.Join(p.Dir, stubs.SettingsFile), said(changed))
	for _, k := range kept {
		fmt.Fprintf(s.Out, "  %s is %s there, and was left; scripts need %s\n", k.Name, k.Value, k.Needed)
	}
	return nil
}

func said(changed bool) string {
	if changed {
		return "written"
	}
	return "up to date"
}

// refreshStubs brings the definition files of the scripts' folder, or of the one above it, up to date where there are any. A
// folder that can't be written is an editor's concern, and none of the server's.
func refreshStubs(scripts string, s Streams, log *slog.Logger) {
	for _, dir := range []string{scripts, filepath.Join(scripts, "..")} {
		changed, err := stubs.Refresh(dir, s.Values)
		switch {
		case err != nil:
			log.Debug("the editor's definition files are not up to date", "dir", dir, "err", err)
		case changed:
			log.Info("the editor's definition files are new", "dir", filepath.Join(dir, stubs.Folder))
		}
	}
}
