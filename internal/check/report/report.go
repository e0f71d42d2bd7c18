// Package report writes what a check has found: for people, for programs, and for those who show it beside the code.
package report

import (
	"cmp"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/luaction/luaction/internal/check"
)

// Problem is a finding and the file that it is in.
type Problem struct {
	check.Finding
	File string // as the reader finds it: relative to where they are
}

// Report is what a check has found.
type Report struct {
	Problems []Problem
	Scripts  int                         // how many were looked at
	Rule     func(f *check.Finding) Rule // what is known of the rule behind a finding; nil for nothing
}

// Rule is what readers are told of the rule that found a problem. Each field may be "".
type Rule struct {
	Code  string // such as "LA012"
	Title string // a few words, on one line
	Help  string // why it is wrong and what to write, as Markdown
}

// Writer writes a report in one format.
type Writer interface {
	Write(w io.Writer, r *Report) error
}

// Sort puts problems into the order of files, lines and columns.
func Sort(problems []Problem) {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), a.Line-b.Line, a.Column-b.Column, strings.Compare(a.Rule, b.Rule),
			strings.Compare(a.Message, b.Message))
	})
}

func (r *Report) rule(p *Problem) Rule {
	if r.Rule == nil {
		return Rule{}
	}
	return r.Rule(&p.Finding)
}

// slashed is the file's path as URLs and GitHub want it.
func (p *Problem) slashed() string { return filepath.ToSlash(p.File) }

func (p *Problem) severity() string {
	if p.Warning {
		return "warning"
	}
	return "error"
}

// text is the line without its end.
func (p *Problem) text() string { return strings.TrimRight(p.Source, "\r\n") }

// span is where the problem stands in its line, in characters from 1; the end is behind the last one. What isn't known is 0.
func (p *Problem) span() (start, end int) {
	if p.Line <= 0 || p.Column <= 0 {
		return 0, 0
	}
	start = characters(p.text(), p.Column)
	if p.EndColumn > p.Column {
		end = max(characters(p.text(), p.EndColumn), start+1)
	}
	return start, end
}

// characters turns a column in bytes into one in characters. Behind the line's end each byte counts.
func characters(line string, column int) int {
	before := column - 1
	if before <= len(line) {
		return utf8.RuneCountInString(line[:before]) + 1
	}
	return utf8.RuneCountInString(line) + before - len(line) + 1
}
