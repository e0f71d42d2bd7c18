package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

type versionParams struct{}

// Run prints the version, the commit if the build knows it, and Go's version.
func (p *versionParams) Run(s Streams) error {
	version, commit := buildVersion()
	if commit != "" {
		commit = " " + commit
	}
	_, err := fmt.Fprintf(s.Out, "luaction %s%s %s %s/%s\n", version, commit, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// buildVersion is what the build knows of itself; the commit is "" if it doesn't know that.
func buildVersion() (version, commit string) {
	version = "(unknown)"
	if info, ok := debug.ReadBuildInfo(); ok {
		version = info.Main.Version
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" && len(setting.Value) >= 12 {
				commit = setting.Value[:12]
			}
		}
	}
	if version == "" {
		version = "(devel)"
	}
	return version, commit
}
