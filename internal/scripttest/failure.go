package scripttest

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/mask"
	"github.com/luaction/luaction/internal/lesson"
)

// mostPlaces is how many lines a failure shows of the calls that led to it.
const mostPlaces = 4

// failure tells what a script raised.
func (r *run) failure(err error, what string) *Failure {
	var raised *interp.Error
	if !errors.As(err, &raised) {
		return &Failure{Message: err.Error()}
	}
	places := r.places(raised)
	switch {
	case raised.Stopped != nil:
		return r.stopped(raised.Stopped, places, what)
	case raised.Fault:
		first, _, _ := strings.Cut(raised.Message, "\n")
		return &Failure{Message: "a fault inside luaction, please report it: " + first, Places: places}
	}
	if a := r.raised; r.asserted(raised.Value) {
		f := a.Failure
		f.Places = r.traced(raised.Trace, []Place{a.at})
		return &f
	}
	return explained(&Failure{Message: raised.Message, Places: places})
}

// explained adds the code of the lesson that is about a failure.
func explained(f *Failure) *Failure {
	message := f.Message
	if len(f.Places) > 0 {
		message = fmt.Sprintf("%s:%d: %s", f.Places[0].Script, f.Places[0].Line, message)
	}
	if l, ok := lesson.OfMessage(message); ok {
		f.Code = l.Code
	}
	return f
}

// hide masks secrets: a request that came to a stub has those of its service.
func (f *Failure) hide(secrets *mask.Mask) {
	if f == nil {
		return
	}
	for _, text := range []*string{&f.Message, &f.Note, &f.Expected, &f.Actual} {
		*text = secrets.Text(*text)
	}
	for _, list := range [][]string{f.Diff, f.More} {
		for i := range list {
			list[i] = secrets.Text(list[i])
		}
	}
}

// places are the line that raised, and those that led there.
func (r *run) places(e *interp.Error) []Place {
	var places []Place
	if e.Script != "" {
		places = append(places, r.place(e.Script, e.Line))
	}
	return r.traced(e.Trace, places)
}

var tracedAt = regexp.MustCompile(`^(.+\.lua):(\d+)`)

// traced adds the lines of a trace. The last is the test's own and always shown.
func (r *run) traced(trace []string, places []Place) []Place {
	for _, t := range trace {
		m := tracedAt.FindStringSubmatch(t)
		if m == nil {
			continue
		}
		line, _ := strconv.Atoi(m[2])
		if p := r.place(m[1], line); !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	if len(places) > mostPlaces {
		places = append(places[:mostPlaces-1], places[len(places)-1])
	}
	return places
}

// place is a line with its text, where that is known.
func (r *run) place(script string, line int) Place {
	p := Place{Script: script, Line: line}
	if script == r.test.Path {
		p.Source = r.chunk.Line(line)
		return p
	}
	for _, a := range r.o.Snapshot.Actions {
		if a.Path == script {
			p.Source = a.Chunk.Line(line)
			return p
		}
	}
	for _, lib := range r.o.Snapshot.Libs {
		if lib.Path == script {
			p.Source = lib.Chunk.Line(line)
		}
	}
	return p
}
