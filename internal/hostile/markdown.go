//go:build unix

package hostile

import (
	"fmt"
	"io"
	"runtime"
	"strings"
	"time"
)

// Markdown writes the report as docs/security.md shows it.
func (r *Report) Markdown(out io.Writer) error {
	p := &printer{out: out}
	p.f("Run on %s, %d processors, %s/%s, %s; server with `--timeout %s --memory %s`; %s in all.\n\n", r.Began.Format("2006-01-02"), runtime.NumCPU(),
		runtime.GOOS, runtime.GOARCH, runtime.Version(), r.Options.Timeout, r.Options.Memory, r.Took.Round(time.Second))
	p.f("| | |\n| --- | --- |\n")
	p.f("| attacks | %d |\n| servers that died | %d |\n", len(r.Rows), r.Deaths)
	p.f("| neighbours' calls meanwhile | %d |\n| of them harmed | %d |\n| slowest of them | %d ms |\n", r.Neighbours, r.Harmed, r.Slowest.Milliseconds())
	p.f("| latest answer to a script | %d ms |\n| longest until no processor time was used any more | %d ms |\n", r.latest().Milliseconds(), r.restless().Milliseconds())
	p.f("| scripts still running when their call was answered | %d |\n| most memory of the process | %d MB |\n| not as promised | %d |\n\n",
		r.LeftBehind, r.most()>>20, len(r.Wrong()))
	group := ""
	for _, row := range r.Rows {
		if row.Group != group {
			if group != "" {
				p.f("\n")
			}
			group = row.Group
			p.f("### %s\n\n| attack | what it tries | ended | answered after | memory |\n| --- | --- | --- | --- | --- |\n",
				strings.ToUpper(group[:1])+group[1:])
		}
		name := row.Name
		if row.Item != "" {
			name += " (" + row.Item + ")"
		}
		ended := row.Got
		if len(row.Wrong) > 0 {
			ended += ", **not as promised**"
		}
		p.f("| %s | %s | %s | %s | %s |\n", cell(name), cell(row.Tries), cell(ended), millis(row.Time), megabytes(row.Peak))
	}
	return p.err
}

type printer struct {
	out io.Writer
	err error
}

func (p *printer) f(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.out, format, args...)
	}
}

// cell keeps a text from ending a table's cell.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ", "<", "&lt;", "*", `\*`, "_", `\_`).Replace(text)
}

func millis(d time.Duration) string {
	if d == 0 {
		return ""
	}
	return fmt.Sprintf("%d ms", d.Milliseconds())
}

func megabytes(bytes int64) string {
	if bytes <= 0 {
		return ""
	}
	return fmt.Sprintf("%d MB", bytes>>20)
}

func (r *Report) latest() (d time.Duration) {
	for _, row := range r.Rows {
		if row.Group == "scripts" {
			d = max(d, row.Time)
		}
	}
	return d
}

func (r *Report) restless() (d time.Duration) {
	for _, row := range r.Rows {
		d = max(d, row.Calm)
	}
	return d
}

func (r *Report) most() (bytes int64) {
	for _, row := range r.Rows {
		bytes = max(bytes, row.Peak)
	}
	return bytes
}
