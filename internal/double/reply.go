package double

import (
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/service/httpclient"
	"github.com/luaction/luaction/spell"
)

// reply is what a stub answers.
type reply struct {
	status int
	header http.Header
	body   []byte
	delay  time.Duration
	silent string // nobody answers, and why; "" if somebody does
}

func replyFields() []luaapi.Field {
	return []luaapi.Field{
		{Name: "status", Type: "number", Doc: "200 unless given."},
		{Name: "json", Type: "any", Doc: "The body, as JSON."},
		{Name: "body", Type: "string", Doc: "The body as a text, instead of json."},
		{Name: "headers", Type: "table", Doc: `By their names: { ["X-Name"] = "value" }.`},
		{Name: "delay", Type: "number", Doc: "Seconds until the answer is there. They count against timeouts, and nobody waits."},
		{Name: "error", Type: "string", Doc: "Why nobody answers; then there is nothing else but delay."},
	}
}

// replies reads a reply that a script wrote.
type replies struct {
	f     *file
	t     *lua.LTable
	raise func(format string, args ...any)
}

// replyOf is the reply that a table says. What is wrong with it is raised.
func (f *file) replyOf(t *lua.LTable, raise func(format string, args ...any)) reply {
	r := &replies{f, t, raise}
	r.check()
	made := reply{status: http.StatusOK, header: http.Header{}}
	if v := r.get("status"); v != lua.LNil {
		made.status = r.status(v)
	}
	if v := r.get("delay"); v != lua.LNil {
		seconds, ok := number.From(v)
		if !ok || !(seconds >= 0) {
			raise("has a delay that must be a number of seconds, 0 or more, but is %s", r.what(v))
		}
		made.delay = duration(seconds)
	}
	if v := r.get("error"); v != lua.LNil {
		return r.silent(v, made.delay)
	}
	r.content(&made)
	r.headers(&made)
	return made
}

// check holds the keys against those that a reply has.
func (r *replies) check() {
	v := r.f.s.Values
	if name := r.f.s.State.FrozenName(r.t); name != "" {
		r.raise("must be a table such as { status = 200, json = { … } }, but is %s", name)
	}
	v.Each(r.t, func(key, _ lua.LValue) bool {
		name, ok := key.(lua.LString)
		if !ok {
			r.raise("takes names, not items: { status = 200, json = { … } }")
		}
		if known := luaapi.FieldNames(replyFields()); !slices.Contains(known, string(name)) {
			end := "."
			if near := spell.Nearest(string(name), known); near != "" {
				end = "; did you mean '" + near + "'?"
			}
			r.raise("doesn't know '%s'%s It takes %s.", shown(string(name)), end, strings.Join(known, ", "))
		}
		return true
	})
}

func (r *replies) get(name string) lua.LValue { return r.f.s.Values.Get(r.t, name) }

// what is a value as messages show it.
func (r *replies) what(v lua.LValue) string {
	if n, ok := number.From(v); ok {
		return number.Format(n)
	}
	return luaapi.TypeOf(v)
}

func (r *replies) status(v lua.LValue) int {
	const first, last = 200, 599
	n, ok := number.From(v)
	if !ok || n != math.Trunc(n) || n < first || n > last {
		r.raise("has a status that must be a whole number from 200 to 599, but is %s; nobody answers with error = \"…\"", r.what(v))
	}
	return int(n)
}

func (r *replies) silent(v lua.LValue, delay time.Duration) reply {
	text, ok := v.(lua.LString)
	if !ok || text == "" {
		r.raise("has an error that must be a text: why nobody answers, such as error = \"connection refused\"")
	}
	for _, name := range []string{"status", "json", "body", "headers"} {
		if r.get(name) != lua.LNil {
			r.raise("has both error and %s; with error nobody answers", name)
		}
	}
	return reply{delay: delay, silent: string(text)}
}

// content is the body, by json or body.
func (r *replies) content(made *reply) {
	body, hasJSON := r.get("body"), r.f.s.Values.HasKey(r.t, "json")
	switch {
	case hasJSON && body != lua.LNil:
		r.raise("has both json and body; give one of them")
	case hasJSON:
		text, err := r.f.s.Values.AppendText(nil, r.get("json"), "json")
		if err != nil {
			r.raise("can't be: %s", err.Error())
		}
		made.body = text
		made.header.Set("Content-Type", "application/json")
	case body != lua.LNil:
		text, ok := plain(body)
		if !ok {
			r.raise("has a body that must be a text, but is %s; write json = … for a table", r.what(body))
		}
		made.body = []byte(text)
		made.header.Set("Content-Type", "text/plain; charset=utf-8")
	}
}

// plain is a text, or a number or a truth value as one.
func plain(v lua.LValue) (string, bool) {
	switch v := v.(type) {
	case lua.LString:
		return string(v), true
	case lua.LNumber:
		return number.Format(float64(v)), true
	case lua.LBool:
		return v.String(), true
	}
	return "", false
}

func (r *replies) headers(made *reply) {
	given := r.get("headers")
	if given == lua.LNil {
		return
	}
	values := r.f.s.Values
	t, ok := given.(*lua.LTable)
	if !ok || values.IsList(t) {
		r.raise(`has headers that must be a table with names: { ["X-Name"] = "value" }`)
	}
	values.Each(t, func(key, value lua.LValue) bool {
		name, ok := plain(key)
		text, isText := plain(value)
		if !ok || !isText {
			r.raise("has the header %s, which must be a text, but is %s", shown(name), luaapi.TypeOf(value))
		}
		if err := httpclient.CheckHeader(name, text); err != nil && name != "Content-Length" {
			r.raise("has headers that can't be: %s", err.Error())
		}
		made.header.Set(name, text)
		return true
	})
}
