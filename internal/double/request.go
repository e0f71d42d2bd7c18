package double

import (
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
	"github.com/luaction/luaction/service/httpclient"
)

// request is one that came, as it would have gone over the network.
type request struct {
	method, url, path string // as the script said it, without a query
	host, fullPath    string // what it leads to
	rawQuery          string
	query             []pair
	header            http.Header
	body              string
	hasBody           bool
}

// String is the request as messages show it.
func (r *request) String() string {
	const most = 200 // bytes
	text := r.method + " " + r.url
	if r.rawQuery != "" {
		text += "?" + r.rawQuery
	}
	if len(text) > most {
		text = strings.ToValidUTF8(text[:most], "") + "…"
	}
	return text
}

func newRequest(q *http.Request, pace *httpclient.Pace) (*request, error) {
	r := &request{
		method: q.Method, url: pace.Request.Target.Shown, path: pace.Request.Target.Path(), host: hostOf(q.URL), fullPath: pathOf(q.URL),
		rawQuery: q.URL.RawQuery, query: pairsOf(q.URL.RawQuery), header: q.Header.Clone(), hasBody: q.Body != nil,
	}
	if pace.Asked > 0 { // a redirect leads where no script said
		r.url, r.path = q.URL.Scheme+"://"+q.URL.Host+q.URL.EscapedPath(), q.URL.Path
	}
	if r.path == "" {
		r.path = "/"
	}
	if q.Body == nil {
		return r, nil
	}
	text, err := io.ReadAll(q.Body)
	if err = errors.Join(err, q.Body.Close()); err != nil {
		return nil, err
	}
	r.body = string(text)
	return r, nil
}

// requestFields declare what requestTable makes.
func requestFields() []luaapi.Field {
	return []luaapi.Field{
		{Name: "method", Type: "string"},
		{Name: "url", Type: "string", Doc: "As the script wrote it, without a query."},
		{Name: "path", Type: "string", Doc: "What stands in the url behind the name or the host, decoded."},
		{Name: "query", Type: "table", Doc: "{ name = value }; a list of those that a name has several of."},
		{Name: "headers", Type: "table", Doc: "By their names, however these are written."},
		{Name: "json", Type: "any or nil", Doc: "The body, if it is JSON."},
		{Name: "form", Type: "table or nil", Doc: "The body, if it is a form."},
		{Name: "body", Type: "string or nil"},
	}
}

// requestTable is a request as a test file sees it.
func (f *file) requestTable(L *lua.LState, r *request) *lua.LTable {
	values, meter := f.s.Values, f.s.State.Meter()
	const perHeader = 176
	meter.Need(L, "http.stub", len(r.body)+perHeader*(len(r.header)+len(r.query)+8))
	t := L.CreateTable(0, 8)
	t.RawSetString("method", lua.LString(r.method))
	t.RawSetString("url", lua.LString(r.url))
	t.RawSetString("path", lua.LString(r.path))
	t.RawSetString("query", f.pairsTable(L, r.query))
	t.RawSetString("headers", headerTable(L, r.header))
	if !r.hasBody {
		return t
	}
	switch kind := strings.ToLower(r.header.Get("Content-Type")); {
	case strings.Contains(kind, "json"):
		if doc, err := jsondoc.Parse([]byte(r.body)); err == nil {
			decoded := values.From(doc.Root())
			if decoded == lua.LNil {
				decoded = values.Null()
			}
			t.RawSetString("json", decoded)
		}
	case strings.HasPrefix(kind, "application/x-www-form-urlencoded"):
		t.RawSetString("form", f.pairsTable(L, pairsOf(r.body)))
	}
	t.RawSetString("body", lua.LString(r.body))
	return t
}

// pairsTable is a query or a form; what a name has several values of is a list.
func (f *file) pairsTable(L *lua.LState, pairs []pair) *lua.LTable {
	t := L.CreateTable(0, len(pairs))
	for _, p := range pairs {
		switch before := t.RawGetString(p.name).(type) {
		case *lua.LTable:
			before.Append(lua.LString(p.value))
		case lua.LString:
			list := L.CreateTable(2, 0)
			list.Append(before)
			list.Append(lua.LString(p.value))
			t.RawSetString(p.name, f.s.Values.MarkList(list))
		default:
			t.RawSetString(p.name, lua.LString(p.value))
		}
	}
	return f.s.Values.MarkObject(t)
}

// headerTable has names in lower case, as those of responses are, and finds them however they are written.
func headerTable(L *lua.LState, header http.Header) *lua.LTable {
	t := L.CreateTable(0, len(header))
	for _, name := range slices.Sorted(maps.Keys(header)) {
		t.RawSetString(strings.ToLower(name), lua.LString(strings.Join(header[name], ", ")))
	}
	meta := L.CreateTable(0, 1)
	meta.RawSetString("__index", L.NewFunction(func(L *lua.LState) int {
		value := lua.LNil
		if name, ok := L.Get(2).(lua.LString); ok {
			value = t.RawGetString(strings.ToLower(string(name)))
		}
		L.Push(value)
		return 1
	}))
	t.Metatable = meta
	return t
}
