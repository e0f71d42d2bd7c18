package tree

import (
	"sort"
	"strings"
)

// Place is the line and column of a byte of the source, both from 1.
func (f *File) Place(at int) (line, column int) {
	line = sort.SearchInts(f.starts, at+1)
	return line, at - f.starts[line-1] + 1
}

// Line is the text of a line without its end, "" for a line that is not there.
func (f *File) Line(n int) string {
	if n < 1 || n > len(f.starts) {
		return ""
	}
	end := len(f.Source)
	if n < len(f.starts) {
		end = f.starts[n]
	}
	return strings.TrimRight(f.Source[f.starts[n-1]:end], "\r\n")
}

// Text is a part of the source.
func (f *File) Text(n Node) string {
	s := n.At()
	return f.Source[s.Start:s.End]
}

// lines finds where lines begin; a pair of carriage return and line feed, in either order, ends one line.
func lines(source string) []int {
	starts := []int{0}
	for i := 0; i < len(source); i++ {
		c := source[i]
		if c != '\n' && c != '\r' {
			continue
		}
		if i+1 < len(source) && (source[i+1] == '\n' || source[i+1] == '\r') && source[i+1] != c {
			i++
		}
		starts = append(starts, i+1)
	}
	return starts
}

// NewText is a file of which only the lines are asked for.
func NewText(name, source string) *File {
	return &File{Name: name, Source: source, starts: lines(source)}
}
