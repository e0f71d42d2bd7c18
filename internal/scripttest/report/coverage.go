package report

import (
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/luaction/luaction/internal/scripttest"
)

// Coverage writes which part of each script ran, and the lines that did not.
func Coverage(w io.Writer, c *scripttest.Coverage) error {
	all := c.Scripts()
	width, hit, can := len("all scripts"), 0, 0
	for i := range all {
		width = max(width, len(all[i].Script))
		hit += all[i].Hit()
		can += len(all[i].Runs)
	}
	var b strings.Builder
	b.WriteString("\nLines that ran:\n")
	for i := range all {
		fmt.Fprintf(&b, "  %-*s  %s%s\n", width, all[i].Script, share(all[i].Hit(), len(all[i].Runs)), after("  not run: ", ranges(all[i].Missed())))
	}
	fmt.Fprintf(&b, "  %-*s  %s\n", width, "all scripts", share(hit, can))
	_, err := io.WriteString(w, b.String())
	return err
}

func share(hit, can int) string {
	percent := 100
	if can > 0 {
		percent = 100 * hit / can
	}
	return fmt.Sprintf("%3d %%  %d of %d", percent, hit, can)
}

func ranges(all [][2]int) string {
	parts := make([]string, 0, len(all))
	for _, r := range all {
		if r[0] == r[1] {
			parts = append(parts, fmt.Sprint(r[0]))
			continue
		}
		parts = append(parts, fmt.Sprintf("%d-%d", r[0], r[1]))
	}
	return strings.Join(parts, ", ")
}

// LCOV writes the same in the form that editors and build servers read. dir is the scripts folder as the paths are to begin with.
func LCOV(w io.Writer, c *scripttest.Coverage, dir string) error {
	var b strings.Builder
	for _, s := range c.Scripts() {
		fmt.Fprintf(&b, "TN:\nSF:%s\n", path.Join(dir, s.Script))
		for _, r := range s.Runs {
			fmt.Fprintf(&b, "DA:%d,%d\n", r.Line, r.Runs)
		}
		fmt.Fprintf(&b, "LF:%d\nLH:%d\nend_of_record\n", len(s.Runs), s.Hit())
	}
	_, err := io.WriteString(w, b.String())
	return err
}
