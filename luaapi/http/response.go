package http

import (
	"strings"
	"unicode/utf8"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/rasa/jsondoc"
	"github.com/luaction/luaction/service/httpclient"
	"github.com/luaction/luaction/spell"
)

// response is what a script gets for a request: an empty table to the interpreter library, read by its hidden metatable, so that
// nobody changes it. The table must stay first.
type response struct {
	lua.LTable
	status  int
	ok      bool
	headers []httpclient.Header
	body    lua.LString
	err     lua.LValue // a text, or nil
}

// responseBytes is about what a response takes beside its body.
const responseBytes = 512

// Response declares what a request gives, for the reference.
func Response() luaapi.Module {
	return luaapi.Module{
		Name: "response", Object: true,
		Doc: "What a service answered, or why nobody did.",
		Members: []luaapi.Member{{
			Name: "json", Returns: "any",
			Doc:     "Reads the body as JSON, whatever its content type says; an error if it is none, or if nobody answered.",
			Example: `local incidents = response:json().result`,
		}},
		Fields: []luaapi.Field{
			{Name: "status", Type: "number", Doc: "The status, such as 200; 0 if nobody answered."},
			{Name: "ok", Type: "boolean", Doc: "Whether the status is one of 200 to 299."},
			{Name: "headers", Type: "table", Doc: "The headers by their names in lower case; repeated ones joined by a comma."},
			{Name: "body", Type: "string", Doc: "What was sent, unpacked."},
			{Name: "error", Type: "string or nil", Doc: "What went wrong, in a sentence for the log; nil if nothing did."},
		},
	}
}

func fieldNames() []string { return luaapi.FieldNames(Response().Fields) }

func (m *module) response(answer *httpclient.Response) *lua.LTable {
	r := &response{
		status: answer.Status, ok: answer.OK(), headers: answer.Headers, body: lua.LString(textOf(answer.Body)), err: lua.LNil,
	}
	if answer.Error != "" {
		r.err = lua.LString(strings.ToValidUTF8(answer.Error, "\uFFFD"))
	}
	r.Metatable = m.meta
	return &r.LTable
}

// of is the response that a value is, or nil.
func (m *module) of(v lua.LValue) *response {
	if t, ok := v.(*lua.LTable); ok && t.Metatable == lua.LValue(m.meta) {
		return (*response)(unsafe.Pointer(t))
	}
	return nil
}

// field is the value of one field; nil (Go's) if there is none of that name.
func (m *module) field(r *response, name string) lua.LValue {
	switch name {
	case "status":
		return lua.LNumber(r.status)
	case "ok":
		return lua.LBool(r.ok)
	case "headers":
		return m.headers(r)
	case "body":
		return r.body
	case "error":
		return r.err
	case "json":
		return m.json
	}
	return nil
}

// headers makes a new table each time: what a script writes into one doesn't change the response.
func (m *module) headers(r *response) lua.LValue {
	const perHeader = 176
	m.s.State.Meter().Need(m.s.L.G.CurrentThread, "response.headers", perHeader*len(r.headers))
	t := m.s.L.CreateTable(0, len(r.headers))
	for _, h := range r.headers {
		t.RawSetString(h.Name, lua.LString(h.Value))
	}
	return m.s.Values.MarkObject(t)
}

func (m *module) hideResponses() {
	L := m.s.L
	m.json = L.NewFunction(m.decode)
	m.meta = L.CreateTable(0, 4)
	m.meta.RawSetString("__index", L.NewFunction(m.index))
	m.meta.RawSetString("__newindex", L.NewFunction(func(L *lua.LState) int {
		L.RaiseError("a response can't be changed; keep your own values in a local")
		return 0
	}))
	m.s.State.Hide(m.meta, interp.Hidden{
		Name: "a response", Frozen: true, Next: m.next,
		Item: func(*lua.LTable, int) lua.LValue { return lua.LNil },
		Held: func(t *lua.LTable, visit func(lua.LValue)) { visit(m.of(t).body) },
	})
	m.s.State.Keep(func(visit func(lua.LValue)) { visit(m.meta) })
}

func (m *module) index(L *lua.LState) int {
	r := m.of(L.Get(1))
	name, ok := L.Get(2).(lua.LString)
	if r == nil || !ok {
		L.RaiseError("a response has no items, only fields such as response.status; response:json() reads its body")
	}
	value := m.field(r, string(name))
	if value == nil {
		L.RaiseError("%s", unknownField(string(name)))
	}
	L.Push(value)
	return 1
}

// next is the step of pairs over a response: its fields, and no method.
func (m *module) next(t *lua.LTable, after lua.LValue) (key, value lua.LValue, ok bool) {
	r, at := m.of(t), 0
	names := m.names
	if name, given := after.(lua.LString); given {
		for at < len(names) && names[at] != string(name) {
			at++
		}
		at++
	}
	for ; at < len(names); at++ {
		if value := m.field(r, names[at]); value != lua.LNil {
			return lua.LString(names[at]), value, true
		}
	}
	return lua.LNil, lua.LNil, true
}

func unknownField(name string) string {
	say := "a response has no '" + cut(name, maxShown) + "'"
	switch name {
	case "status_code", "code", "statusCode":
		return say + "; write response.status"
	case "text", "content", "data":
		return say + "; write response.body, or response:json() for what is in it"
	case "reason", "message":
		return say + "; write response.error, which is nil if all is well"
	}
	if near := spell.Nearest(name, append(fieldNames(), "json")); near == "json" {
		return say + "; did you mean response:json()?"
	} else if near != "" {
		return say + "; did you mean '" + near + "'?"
	}
	return say + "; it has status, ok, headers, body, error and json()"
}

// How much of a text messages show, in characters.
const (
	maxShown = 60
	maxBody  = 80
)

func cut(text string, most int) string {
	end := 0
	for range most {
		if end == len(text) {
			return text
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	if end == len(text) {
		return text
	}
	return text[:end] + "…"
}

// decode is response:json().
func (m *module) decode(L *lua.LState) int {
	r := m.of(L.Get(1))
	if r == nil {
		L.RaiseError("response:json is called with a colon: write response:json()")
	}
	if r.status == 0 {
		L.RaiseError("response:json: there is no answer: %s; look at response.ok first", r.err.String())
	}
	// As in json.decode, the index is counted before it is made.
	const indexBytes = 24
	body := string(r.body)
	meter := m.s.State.Meter()
	meter.Step(L, len(body)/64)
	meter.Need(L, "response:json", indexBytes*(strings.Count(body, "[")+strings.Count(body, "{")))
	doc, err := jsondoc.Parse(unsafe.Slice(unsafe.StringData(body), len(body)))
	if err != nil {
		L.RaiseError("%s", "response:json: "+m.notJSON(r))
	}
	if doc.Root().IsNull() {
		L.Push(m.s.Values.Null())
	} else {
		L.Push(m.s.Values.From(doc.Root()))
	}
	return 1
}

// notJSON says what the body is instead.
func (m *module) notJSON(r *response) string {
	say := "the body is not JSON"
	if !r.ok {
		say = r.err.String() + "; its body is not JSON"
	}
	if strings.TrimSpace(string(r.body)) == "" {
		return say + ", it is empty"
	}
	start := strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return ' '
		}
		return c
	}, strings.ToValidUTF8(cut(string(r.body), maxBody), "\uFFFD"))
	return say + ", it begins with: " + start
}
