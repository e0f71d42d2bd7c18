package double

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/service/httpclient"
	"github.com/luaction/luaction/spell"
)

// stub is one http.stub.
type stub struct {
	f       *file
	pattern pattern
	place   string         // "orders_test.lua:4"
	reply   reply          // if there is no function
	fn      *lua.LFunction // nil for a reply
	seen    []*request     // the set's lock guards it
}

// String is the stub as messages show it.
func (s *stub) String() string {
	return fmt.Sprintf("http.stub(%q, %q, …)", s.pattern.method, s.pattern.shown)
}

func (f *file) stubRequest(a luaapi.Args) int {
	p, err := f.set.patternOf(a.String(1), a.String(2))
	if err != nil {
		a.Raise("%s", err.Error())
	}
	script, line := a.Place()
	made := &stub{f: f, pattern: p, place: fmt.Sprintf("%s:%d", script, line)}
	if made.fn, _ = a.Get(3).(*lua.LFunction); made.fn == nil {
		made.reply = f.replyOf(a.Table(3), func(format string, args ...any) { a.Raise("the reply "+format, args...) })
	}
	s := f.set
	s.mu.Lock()
	s.requests = append(s.requests, made)
	s.mu.Unlock()
	return a.Return(f.handle(made))
}

// tripper is the network of tests.
type tripper struct{ s *Set }

// RoundTrip answers a request by the stub that fits it.
func (t tripper) RoundTrip(q *http.Request) (*http.Response, error) {
	pace := httpclient.PaceOf(q)
	r, err := newRequest(q, pace)
	pace.Asked++
	if err != nil {
		return nil, err
	}
	made, refused := t.s.take(r)
	if made == nil {
		return nil, &httpclient.RefusedError{Message: refused}
	}
	answer := made.reply
	if made.fn != nil {
		if answer, err = made.ask(q, r); err != nil {
			return nil, &httpclient.RefusedError{Message: fmt.Sprintf("the function of %s failed: %s", made, err.Error())}
		}
	}
	switch pace.Took += answer.delay; {
	case pace.Took >= pace.Timeout && answer.delay > 0:
		pace.Took = pace.Timeout
		return nil, httpclient.ErrLate
	case answer.silent != "":
		return nil, &httpclient.SilentError{Why: answer.silent}
	}
	return &http.Response{
		StatusCode: answer.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: answer.header.Clone(), Request: q,
		Body: io.NopCloser(bytes.NewReader(answer.body)), ContentLength: int64(len(answer.body)),
	}, nil
}

// ask has the stub's function answer.
func (s *stub) ask(q *http.Request, r *request) (answer reply, err error) {
	err = s.f.ask(q.Context(), question{
		fn:        s.fn,
		arguments: func(L *lua.LState) []lua.LValue { return []lua.LValue{s.f.requestTable(L, r)} },
		take: func(L *lua.LState, results []lua.LValue) {
			raise := func(format string, args ...any) {
				L.RaiseError("%s", "the function of http.stub at "+s.place+": the reply "+sprintf(format, args...))
			}
			t, ok := first(results).(*lua.LTable)
			if !ok {
				raise("must be a table such as { status = 200, json = { … } }, but is %s", luaapi.TypeOf(first(results)))
			}
			answer = s.f.replyOf(t, raise)
		},
	})
	return answer, err
}

// take finds the stub of a request and notes it there; what to say if there is none.
func (s *Set) take(r *request) (*stub, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var nearest *stub
	least := 0
	for i := len(s.requests) - 1; i >= 0; i-- {
		made := s.requests[i]
		if made.pattern.misses(r) == "" {
			made.seen = append(made.seen, r)
			return made, ""
		}
		if d := distance(&made.pattern, r); nearest == nil || d < least {
			nearest, least = made, d
		}
	}
	say := r.String() + " has no stub in this test"
	for _, made := range s.early.requests {
		if made.pattern.misses(r) == "" {
			return nil, s.miss(fmt.Sprintf("%s: %s at %s%s", say, made, made.place, outside))
		}
	}
	if nearest == nil {
		return nil, s.miss(fmt.Sprintf("%s; write http.stub(%q, %q, { json = { … } }) before this call", say, r.method, r.url))
	}
	return nil, s.miss(fmt.Sprintf("%s; the nearest is %s at %s, but %s", say, nearest, nearest.place, nearest.pattern.misses(r)))
}

// distance is how far a request is from a stub.
func distance(p *pattern, r *request) int {
	const method, otherQuery, otherHost = 3, 1, 30
	d := 0
	if p.method != "*" && p.method != r.method {
		d += method
	}
	if !p.all && p.host != r.host {
		d += otherHost
	}
	if !p.holdsQuery(r.query) {
		d += otherQuery
	}
	path := r.fullPath
	if p.rest {
		path = path[:min(len(path), len(p.path))]
	}
	return d + spell.Distance(strings.ToLower(p.path), strings.ToLower(path))
}

func sprintf(format string, args ...any) string { return fmt.Sprintf(format, args...) }
