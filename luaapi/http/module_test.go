package http_test

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	gohttp "net/http"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/engine/interp/meter"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/http"
	"github.com/luaction/luaction/rasa"
	"github.com/luaction/luaction/service/httpclient"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestWhatIsAsked(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for _, row := range []struct{ script, uri, body, contentType string }{
		{`http.get("snow:/table/incident")`, "GET /api/table/incident", "", ""},
		{`http.get("snow:/t?a=1", { query = { c = 3, b = "x y&z", yes = true, no = false, n = 1.5, gone = json.null } })`, "GET /api/t?a=1&c=3&b=x%20y%26z&yes=true&no=false&n=1.5", "", ""},
		{`http.get("snow:/t", { query = { id = { 3, "b", true }, none = {}, ["ü"] = 12345678901 } })`, "GET /api/t?id=3&id=b&id=true&%C3%BC=12345678901", "", ""},
		{`local q = {} q.z = 1 q.a = 2 q.m = 3 http.get("snow:/t", { query = q })`, "GET /api/t?z=1&a=2&m=3", "", ""},
		{`http.get("snow:/t", { query = tracker:get_slot("nothing") })`, "GET /api/t", "", ""},
		{`http.get("snow:/t", { query = { at = time.parse("2026-11-22T10:00:00Z") } })`, "GET /api/t?at=2026-11-22T10%3A00%3A00%2B00%3A00", "", ""},
		{`http.get("snow:/t", { query = json.decode('{"id": 12345678901234567890, "b": null, "a": [1, null, 2]}') })`, "GET /api/t?id=12345678901234567890&a=1&a=2", "", ""},
		{`http.delete("snow:/t/7")`, "DELETE /api/t/7", "", ""},
		{`http.head("snow:/t/7")`, "HEAD /api/t/7", "", ""},
		{`http.post("snow:/t", { json = { b = 1, a = { "x" } } })`, "POST /api/t", `{"b":1,"a":["x"]}`, "application/json"},
		{`http.post("snow:/t", { json = json.null })`, "POST /api/t", `null`, "application/json"},
		{`http.post("snow:/t", { json = false })`, "POST /api/t", `false`, "application/json"},
		{`http.put("snow:/t", { json = {} })`, "PUT /api/t", `[]`, "application/json"},
		{`http.put("snow:/t", { json = json.object(), headers = { ["content-type"] = "application/merge+json" } })`, "PUT /api/t", `{}`, "application/merge+json"},
		{`http.patch("snow:/t", { form = { b = "x y", a = { 1, 2 } } })`, "PATCH /api/t", `b=x+y&a=1&a=2`, "application/x-www-form-urlencoded"},
		{`http.post("snow:/t", { form = {} })`, "POST /api/t", ``, "application/x-www-form-urlencoded"},
		{`http.post("snow:/t", { body = "<x/>" })`, "POST /api/t", `<x/>`, "text/plain; charset=utf-8"},
		{`http.post("snow:/t", { body = "<x/>", headers = { ["Content-Type"] = "text/xml" } })`, "POST /api/t", `<x/>`, "text/xml"},
		{`http.post("snow:/t")`, "POST /api/t", ``, ""},
		{`http.request { url = "snow:/t" }`, "GET /api/t", "", ""},
		{`http.request { method = "options", url = "snow:/t" }`, "OPTIONS /api/t", "", ""},
		{`http.request { method = "POST", url = "snow:/t", body = 5 }`, "POST /api/t", "5", "text/plain; charset=utf-8"},
	} {
		if _, err := w.run(t, row.script); err != nil {
			t.Errorf("%s: %v", row.script, err)
			continue
		}
		got := w.last()
		if got.method+" "+got.uri != row.uri || got.body != row.body || got.header.Get("Content-Type") != row.contentType {
			t.Errorf("%s: %s %s %q %q", row.script, got.method, got.uri, got.body, got.header.Get("Content-Type"))
		}
	}
	if accept := w.last().header.Get("Accept"); accept != "application/json, */*;q=0.9" {
		t.Errorf("Accept is %q", accept)
	}
	if _, err := w.run(t, `http.get("snow:/t", { auth = { "me", 5 }, headers = { Accept = "text/csv", ["X-N"] = 7, ["X-B"] = true, ["X-None"] = json.null } })`); err != nil {
		t.Fatal(err)
	}
	h := w.last().header
	user, password, _ := (&gohttp.Request{Header: h}).BasicAuth()
	if user != "me" || password != "5" || h.Get("Accept") != "text/csv" || h.Get("X-N") != "7" || h.Get("X-B") != "true" || h.Values("X-None") != nil {
		t.Errorf("%v", h)
	}
}

func TestResponses(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(out gohttp.ResponseWriter, r *gohttp.Request) {
		switch r.URL.Path {
		case "/api/json":
			out.Header()["X-Two"] = []string{"a", "b"}
			_, _ = io.WriteString(out, `{"b": 1, "a": null, "list": [], "id": 12345678901234567890}`)
		case "/api/null":
			_, _ = io.WriteString(out, `null`)
		case "/api/text":
			_, _ = io.WriteString(out, "<html>\n"+strings.Repeat("ü", 100))
		case "/api/missing":
			gohttp.Error(out, `{"error": "no such incident"}`, 404)
		case "/api/down":
			gohttp.Error(out, "down", gohttp.StatusServiceUnavailable)
		case "/api/gone":
			panic(gohttp.ErrAbortHandler)
		case "/api/move":
			gohttp.Redirect(out, r, "/api/json", gohttp.StatusFound)
		}
	})
	for _, row := range []struct{ script, want string }{
		{`local r = http.get("snow:/json") set { r.status, r.ok, r.headers["x-two"], r.error == nil, r:json().b, r:json().a == nil }`, `[200,true,"a, b",true,1,true]`},
		{`set(http.get("snow:/json"):json())`, `{"b":1,"a":null,"list":[],"id":12345678901234567890}`},
		{`set(http.get("snow:/json").body)`, `"{\"b\": 1, \"a\": null, \"list\": [], \"id\": 12345678901234567890}"`},
		{`set { http.get("snow:/null"):json() == json.null }`, `[true]`},
		{`local r = http.get("snow:/missing") set { r.status, r.ok, r.error, r:json().error }`, `[404,false,"GET snow:/missing: 404 Not Found","no such incident"]`},
		{`local r = http.get("snow:/gone?secret=1") set { r.status, r.ok, r.error, r.body }`, `[0,false,"GET snow:/gone: the server closed the connection without an answer",""]`},
		{`local r = http.get("snow:/move") set { r.status, r:json().b }`, `[200,1]`},
		{`local r = http.get("snow:/move", { redirects = false }) set { r.status, r.headers.location, r.error }`, `[302,"/api/json","GET snow:/move: 302 Found"]`},
		{`local names = {} for name in pairs(http.get("snow:/missing")) do names[#names + 1] = name end set(names)`, `["status","ok","headers","body","error"]`},
		{`local names = {} for name in pairs(http.get("snow:/json")) do names[#names + 1] = name end set(names)`, `["status","ok","headers","body"]`},
		{`local r = http.get("snow:/json") r.headers.mine = 1 set { r.headers.mine == nil }`, `[true]`},
		{`set { type(http.get("snow:/json")), getmetatable(http.get("snow:/json")) == nil }`, `["table",true]`},
		{`local rs = http.all { "snow:/json", { url = "snow:/missing", method = "HEAD" }, { url = "snow:/gone" } } set { #rs, rs[1].status, rs[2].error, rs[3].status }`,
			`[3,200,"HEAD snow:/missing: 404 Not Found",0]`},
		{`set { #http.all {} }`, `[0]`},
		{`local co = coroutine.wrap(function() coroutine.yield(http.get("snow:/json").status) end) set { co() }`, `[200]`},
	} {
		if got, err := w.run(t, row.script); err != nil || got != row.want {
			t.Errorf("%s: %s, %v; want %s", row.script, got, err, row.want)
		}
	}
	for _, row := range []struct{ script, want string }{
		{`http.get("snow:/gone"):json()`, "response:json: there is no answer: GET snow:/gone: the server closed the connection without an answer"},
		{`http.get("snow:/text"):json()`, "response:json: the body is not JSON, it begins with: <html> " + strings.Repeat("ü", 73) + "…"},
		{`http.get("snow:/down"):json()`, "response:json: GET snow:/down: 503 Service Unavailable; its body is not JSON, it begins with: down "},
		{`http.get("snow:/empty"):json()`, "response:json: the body is not JSON, it is empty"},
		{`local r = http.get("snow:/json") r.json()`, "response:json is called with a colon: write response:json()"},
		{`http.get("snow:/json").json(http)`, "response:json is called with a colon: write response:json()"},
		{`http.get("snow:/json").status = 5`, "a response can't be changed"},
		{`rawset(http.get("snow:/json"), "status", 5)`, "a response belongs to luaction and can't be changed"},
		{`setmetatable(http.get("snow:/json"), {})`, "a response belongs to luaction and can't be changed"},
		{`table.insert(http.get("snow:/json"), 5)`, "a response belongs to luaction and can't be changed"},
		{`set(http.get("snow:/json").staus)`, "a response has no 'staus'; did you mean 'status'?"},
		{`set(http.get("snow:/json").status_code)`, "a response has no 'status_code'; write response.status"},
		{`set(http.get("snow:/json").text)`, "a response has no 'text'; write response.body"},
		{`set(http.get("snow:/json").jsn)`, "a response has no 'jsn'; did you mean response:json()?"},
		{`set(http.get("snow:/json")[1])`, "a response has no items"},
		{`set(http.get("snow:/json"))`, "a response can't be sent to Rasa"},
		{`json.encode(http.get("snow:/json"))`, "a response can't be written as JSON"},
	} {
		if got, err := w.run(t, row.script); err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: %s, %v; want %s", row.script, got, err, row.want)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	for _, row := range []struct{ script, want string }{
		{`http.get()`, "http.get: url must be a text, but is nil; write for example"},
		{`http.get({ url = "snow:/x" })`, "http.get: url must be a text, but is a table"},
		{`http:get("snow:/x")`, "http:get is called with a dot: write http.get("},
		{`http.fetch("snow:/x")`, "http has no 'fetch'"},
		{`http.gte("snow:/x")`, "did you mean 'get'?"},
		{`http.get("snow:/x", "y")`, "http.get: opts must be a table, but is a text"},
		{`http.get("snow:/x", json)`, "http.get: takes a table with names, but got the module json"},
		{`http.get("snow:/x", { qurey = {} })`, "http.get: doesn't know 'qurey'; did you mean 'query'? It takes query, headers, json, form, body, auth, timeout, redirects."},
		{`http.get("snow:/x", { method = "POST" })`, "http.get: doesn't know 'method'"},
		{`http.get("snwo:/x")`, `http.get: there is no service "snwo"; did you mean "snow"?`},
		{`http.get("http://169.254.169.254/")`, "http.get: the host 169.254.169.254 is not one that scripts may ask"},
		{`http.get("file:///etc/passwd")`, `http.get: there is no service "file"`},
		{`http.get("snow:/x", { query = "a=1" })`, "http.get: query must be a table, but is a text"},
		{`http.get("snow:/x", { query = { 1, 2 } })`, "http.get: query takes names, not items"},
		{`http.get("snow:/x", { query = json })`, "http.get: query must be a table with names, but is the module json"},
		{`http.get("snow:/x", { query = { a = {{}} } })`, "http.get: query.a must be a text, a number, true or false, but is a table"},
		{`http.get("snow:/x", { query = { a = { b = 1 } } })`, "http.get: query.a must be a text, a number, true or false, but is a table"},
		{`http.get("snow:/x", { query = { a = tostring } })`, "http.get: query.a must be a text, a number, true or false, but is a function"},
		{`http.get("snow:/x", { query = { a = ("x"):rep(20000) } })`, "http.get: query is too long; at most 16 KiB are sent"},
		{`http.post("snow:/x", { form = { a = ("x"):rep(9 * 1024 * 1024) } })`, "http.post: form is too long; at most 8192 KiB are sent"},
		{`http.post("snow:/x", { body = ("x"):rep(9 * 1024 * 1024) })`, "http.post: the body is longer than 8 MiB, the longest that is sent"},
		{`http.post("snow:/x", { json = ("x"):rep(9 * 1024 * 1024) })`, "http.post: the body is longer than 8 MiB, the longest that is sent"},
		{`http.post("snow:/x", { json = {}, body = "" })`, "http.post: has both json and body; a request has one of json, form and body"},
		{`http.post("snow:/x", { form = {}, body = "" })`, "http.post: has both form and body"},
		{`http.post("snow:/x", { form = "a=1" })`, "http.post: form must be a table, but is a text"},
		{`http.post("snow:/x", { body = {} })`, "http.post: body must be a text, but is a table"},
		{`http.post("snow:/x", { json = { a = tostring } })`, "http.post: json.a: a function can't be written as JSON"},
		{`http.get("snow:/x", { headers = { "a" } })`, "http.get: headers takes names, not items"},
		{`http.get("snow:/x", { headers = { ["a b"] = "x" } })`, `http.get: headers: "a b" is no name of a header`},
		{`http.get("snow:/x", { headers = { a = "geheim\r\nX: y" } })`, `http.get: headers: the value of "a" has a line break`},
		{`http.get("snow:/x", { headers = { Host = "x" } })`, `http.get: headers: "Host" can't be set`},
		{`http.get("snow:/x", { headers = { a = {} } })`, "http.get: headers.a must be a text"},
		{`http.get("snow:/x", { headers = { a = ("x"):rep(70000) } })`, "http.get: headers are longer than 64 KiB together"},
		{`http.get("snow:/x", { auth = "me:geheim" })`, "http.get: auth must be a list, but is a text"},
		{`http.get("snow:/x", { auth = { user = "me", password = "geheim" } })`, "http.get: auth must be a list of user and password: auth = { user, password }"},
		{`http.get("snow:/x", { auth = { "me", json.null } })`, "http.get: auth must be a list of user and password: auth = { user, password }; its item 2 is json.null"},
		{`http.get("snow:/x", { auth = { "me:x", "geheim" } })`, "http.get: the user in auth can't have a colon"},
		{`http.get("snow:/x", { timeout = 0 })`, "http.get: timeout must be more than 0 seconds, but is 0"},
		{`http.get("snow:/x", { timeout = -1 })`, "http.get: timeout must be more than 0 seconds, but is -1"},
		{`http.get("snow:/x", { timeout = 0/0 })`, "http.get: timeout must be more than 0 seconds, but is "},
		{`http.get("snow:/x", { timeout = "5s" })`, "http.get: timeout must be a number, but is a text"},
		{`http.get("snow:/x", { redirects = 3 })`, "http.get: redirects must be true or false, but is a number"},
		{`http.request("snow:/x")`, "http.request: request must be a table, but is a text"},
		{`http.request { method = "GET" }`, `http.request: has no url; write url = "name:/path"`},
		{`http.request { url = "snow:/x", method = "GET /" }`, `http.request: method must be GET, POST, PUT, PATCH, DELETE or HEAD, but is "GET /"`},
		{`http.all("snow:/x")`, "http.all: requests must be a list, but is a text"},
		{`http.all { url = "snow:/x" }`, "http.all: takes a list of requests"},
		{`http.all { "snow:/x", 5 }`, "http.all: request 2 must be a url or a table with one, but is a number"},
		{`http.all { "snow:/x", "snwo:/x" }`, `http.all: request 2 there is no service "snwo"`},
		{`http.all { { url = "snow:/x", timeout = -1 } }`, "http.all: request 1 timeout must be more than 0"},
	} {
		got, err := w.run(t, row.script)
		if err == nil || !strings.Contains(err.Error(), row.want) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %s, %v; want %s", row.script, got, err, row.want)
		}
	}
	if n := w.count(); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

// Nothing configured: every request says what to configure.
func TestNoClient(t *testing.T) {
	t.Parallel()
	w := &world{}
	for script, want := range map[string]string{
		`http.get("snow:/x")`:             "the configuration names none; services are listed under http in luaction.yml",
		`http.get("https://example.org")`: "http_allow in the configuration is empty",
	} {
		if _, err := w.run(t, script); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", script, err)
		}
	}
}

func TestRequestsOfOneCall(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	const script = `local list = {} for i = 1, 60 do list[i] = "snow:/x" end
http.all(list)
for i = 1, 40 do http.get("snow:/x") end
local ok, err = pcall(http.get, "snow:/x")
set { ok, (err:gsub("^.-: ", "", 1)), (pcall(http.all, list)) }`
	const want = `[false,"http.get: more than 100 requests in one call, the most that it may send; ask for many things in one request",false]`
	for range 2 { // each call has its own
		if got, err := w.run(t, script); err != nil || got != want {
			t.Errorf("%s, %v", got, err)
		}
	}
	if n := w.count(); n != 200 {
		t.Errorf("%d requests were sent, want 200", n)
	}
}

// A server that never answers holds no call past its end, whatever the script catches; its time is the call's.
func TestTheEndOfTheCall(t *testing.T) {
	t.Parallel()
	held := make(chan struct{}, 1000)
	w := newWorld(t, func(_ gohttp.ResponseWriter, r *gohttp.Request) {
		held <- struct{}{}
		<-r.Context().Done()
	})
	for _, script := range []string{
		`http.get("snow:/x", { timeout = 3600 })`,
		`while true do pcall(http.get, "snow:/x", { timeout = 3600 }) end`,
		`http.all { { url = "snow:/x", timeout = 3600 }, { url = "snow:/y", timeout = 3600 } }`,
		`coroutine.wrap(function() http.get("snow:/x", { timeout = 3600 }) end)()`,
	} {
		state := interp.New(interp.Options{})
		session := luaapi.NewSession(state)
		session.Install(http.New(session, w.client))
		c, _, problem := interp.Compile("a.lua", []byte(script))
		if problem != nil {
			t.Fatal(problem.Error())
		}
		state.Begin(t.Context(), time.Time{}, 0)
		session.Begin(luaapi.Run{Call: &rasa.Call{}, Log: slog.New(slog.DiscardHandler)})
		go func() {
			<-held
			state.Meter().Stop(meter.ErrDeadline)
		}()
		_, err := state.Call(state.Load(c))
		if !errors.Is(err, meter.ErrDeadline) {
			t.Errorf("%s: %v", script, err)
		}
		session.End()
		state.End()
		state.Close()
	}
}

func TestTimeoutOfARequest(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(_ gohttp.ResponseWriter, r *gohttp.Request) { <-r.Context().Done() })
	got, err := w.run(t, `local r = http.get("snow:/x", { timeout = 0.05 }) set { r.status, r.ok, r.error }`)
	if want := `[0,false,"GET snow:/x: no answer within 0.05 s"]`; err != nil || got != want {
		t.Errorf("%s, %v; want %s", got, err, want)
	}
}

// What bodies take is the call's, as soon as they are there.
func TestBodiesAreCounted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(out gohttp.ResponseWriter, _ *gohttp.Request) { _, _ = out.Write(make([]byte, 1<<20)) })
	state := interp.New(interp.Options{})
	defer state.Close()
	session := luaapi.NewSession(state)
	session.Install(http.New(session, w.client))
	c, _, problem := interp.Compile("a.lua", []byte(`local kept = {} for i = 1, 9 do kept[i] = http.get("snow:/x") end`))
	if problem != nil {
		t.Fatal(problem.Error())
	}
	state.Begin(t.Context(), time.Time{}, 5<<20)
	session.Begin(luaapi.Run{Call: &rasa.Call{}, Log: slog.New(slog.DiscardHandler)})
	if _, err := state.Call(state.Load(c)); !errors.Is(err, meter.ErrMemory) || !strings.Contains(fmt.Sprint(state.Meter().Stopped()), "http.get") {
		t.Errorf("%v", err)
	}
	if n := w.count(); n < 4 || n > 5 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestResponsesAreWeighed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, func(out gohttp.ResponseWriter, _ *gohttp.Request) { _, _ = out.Write(make([]byte, 1<<20)) })
	state := interp.New(interp.Options{})
	defer state.Close()
	session := luaapi.NewSession(state)
	session.Install(http.New(session, w.client))
	var weight int64
	session.Install(luaapi.Module{Name: "probe", Only: true, Members: []luaapi.Member{{Name: "weigh", Func: func(a luaapi.Args) int {
		weight, _ = a.State.Weigh(interp.NewScale())
		return 0
	}}}})
	c, _, problem := interp.Compile("a.lua", []byte(`local a, b = http.get("snow:/x"), http.get("snow:/x") weigh() return a, b`))
	if problem != nil {
		t.Fatal(problem.Error())
	}
	state.Begin(t.Context(), time.Time{}, 0)
	session.Begin(luaapi.Run{Call: &rasa.Call{}, Log: slog.New(slog.DiscardHandler)})
	if _, err := state.Call(state.Load(c)); err != nil || weight < 2<<20 {
		t.Errorf("two responses of a megabyte weigh %d bytes, %v", weight, err)
	}
}

// Every member, with whatever a script may hand it: the documented result or an error of its own, never Go's.
func TestHostileArguments(t *testing.T) {
	t.Parallel()
	w := newWorld(t, nil)
	session := luaapi.NewSession(interp.New(interp.Options{}))
	var script strings.Builder
	script.WriteString("local values = { json.null, 0, -1, 1e308, 0/0, true, '', ('x'):rep(1e6), '\\0', {}, { 1 }, { a = 1 }, { {} }, tostring, http, json, " +
		"coroutine.create(function() end), time.now(), setmetatable({}, { __index = error, __len = error }), json.decode('{\"url\": \"snow:/x\", \"x\": null}') }\n" +
		"local n, bad = 0, nil\nlocal function try(name, ...) local ok, err = pcall(http[name], ...) n = n + 1\n" +
		"if not ok and (type(err) ~= 'string' or not err:find('http.' .. name, 1, true) or err:find('runtime error') or err:find('%*')) then bad = bad or name .. ': ' .. tostring(err) end end\n")
	for _, member := range http.New(session, &httpclient.Client{}).Members {
		fmt.Fprintf(&script, "try(%q) for _, a in ipairs(values) do try(%[1]q, a) try(%[1]q, 'snwo:/x', a) for _, b in ipairs(values) do try(%[1]q, a, b) end\n"+
			"for _, name in ipairs { 'query', 'headers', 'json', 'form', 'body', 'auth', 'timeout', 'redirects' } do try(%[1]q, 'snwo:/x', { [name] = a }) try(%[1]q, { url = 'snwo:/x', [name] = a }) end end\n", member.Name)
	}
	script.WriteString("set { bad == nil, bad }")
	got, err := w.run(t, script.String())
	if err != nil || got != "[true]" {
		t.Errorf("%.300s, %v", got, err)
	}
}
