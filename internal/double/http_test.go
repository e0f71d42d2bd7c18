package double_test

import (
	"strings"
	"testing"
	"time"

	"github.com/luaction/luaction/internal/double"
	"github.com/luaction/luaction/service/httpclient"
)

func TestReply(t *testing.T) {
	t.Parallel()
	get := `local r = http.get("snow:/x") say { r.status, r.ok, r.body, r.headers["content-type"] or "", r.error or "" }`
	check(t, snow(), []row{
		{action: get, file: `http.stub("GET", "snow:/x", { json = { a = { 1, json.null } } }) return run_action()`,
			want: `[200,true,"{\"a\":[1,null]}","application/json",""]`},
		{action: get, file: `http.stub("get", "snow:/x", { json = {} }) return run_action()`, want: `[200,true,"[]","application/json",""]`},
		{action: get, file: `http.stub("GET", "snow:/x", { json = json.null }) return run_action()`, want: `[200,true,"null","application/json",""]`},
		{action: get, file: `http.stub("GET", "snow:/x", { json = json.object() }) return run_action()`, want: `[200,true,"{}","application/json",""]`},
		{action: get, file: `http.stub("GET", "snow:/x", { body = "ü", headers = { ["content-type"] = "text/csv" } }) return run_action()`, want: `[200,true,"ü","text/csv",""]`},
		{action: get, file: `http.stub("GET", "snow:/x", { status = 404, body = 5 }) return run_action()`,
			want: `[404,false,"5","text/plain; charset=utf-8","GET snow:/x: 404 Not Found"]`},
		{action: get, file: `http.stub("GET", "snow:/x", {}) return run_action()`, want: `[200,true,"","",""]`},
		{action: get, file: `http.stub("GET", "snow:/x", { error = "connection refused" }) return run_action()`,
			want: `[0,false,"","","GET snow:/x: connection refused"]`},
		{action: get, file: `http.stub("GET", "snow:/x", { body = ("x"):rep(9 * 1024 * 1024) }) local r = run_action() return { r[1], r[2], #r[3], r[5] }`,
			want: `[200,false,8388608,"GET snow:/x: the answer is longer than 8 MiB, the most that is kept"]`},
		{action: `say(http.get("snow:/x"):json())`, file: `http.stub("GET", "snow:/x", { json = { id = json.decode("12345678901234567890"), none = json.null, list = json.array() } }) return json.encode(run_action())`,
			want: `"{\"id\":12345678901234567890,\"none\":null,\"list\":[]}"`},
		{action: `say(http.get("snow:/x"):json())`, file: `http.stub("GET", "snow:/x", { body = "<html>" }) run_action()`, wrong: "it begins with: <html>"},
		// A function's reply, and what it gets.
		{action: get, file: `http.stub("GET", "snow:/x", function(r) return { status = 201, json = { r.method, r.url, r.path } } end) return run_action()[3]`,
			want: `"[\"GET\",\"snow:/x\",\"/x\"]"`},
		{action: get, file: `http.stub("GET", "snow:/x", function(r)
			error("no " .. r.path) end) run_action()`,
			wrong: `action_do.lua:3: http.get: the function of http.stub("GET", "snow:/x", …) failed: x_test.lua:2: no /x`},
		{action: get, file: `http.stub("GET", "snow:/x", function() end) run_action()`, wrong: "the function of http.stub at x_test.lua:1: the reply must be a table such as"},
		{action: get, file: `http.stub("GET", "snow:/x", function() return { stauts = 1 } end) run_action()`, wrong: "did you mean 'status'?"},
		// What the module checks goes on to be checked.
		{action: `http.get("snow:/x", { qery = {} })`, file: `http.stub("*", "*", {}) run_action()`, wrong: "doesn't know 'qery'; did you mean 'query'?"},
		{action: `for i = 1, 101 do http.get("snow:/x") end`, file: `http.stub("*", "*", {}) run_action()`, wrong: "more than 100 requests in one call"},
		{action: `say(#http.all {})`, file: `return run_action()`, want: `0`},
		// Redirects lead from stub to stub, and a name's secrets stay with it.
		{action: `say(http.post("snow:/x", { body = "b" }).body)`,
			file: `http.stub("POST", "snow:/x", { status = 303, headers = { Location = "https://other.example.net/y?a=1" } })
				local h = http.stub("GET", "https://other.example.net/y", { body = "there" })
				local r, q = run_action(), h.requests[1] return { r, q.url, q.path, q.query.a, q.headers.Authorization == nil, q.body == nil }`,
			want: `["there","https://other.example.net/y","/y","1",true,true]`},
	})
}

func TestReplyMistakes(t *testing.T) {
	t.Parallel()
	rows := []row{}
	for reply, wrong := range map[string]string{
		`{ stauts = 200 }`:                      "x_test.lua:2: http.stub: the reply doesn't know 'stauts'; did you mean 'status'? It takes status, json, body, headers, delay, error.",
		`{ 200 }`:                               "takes names, not items",
		`{ json = 1, body = "x" }`:              "has both json and body",
		`{ status = 0 }`:                        `has a status that must be a whole number from 200 to 599, but is 0; nobody answers with error = "…"`,
		`{ status = "ok" }`:                     "but is a text",
		`{ delay = -1 }`:                        "has a delay that must be a number of seconds, 0 or more, but is -1",
		`{ error = true }`:                      "has an error that must be a text",
		`{ error = "x", status = 500 }`:         "has both error and status",
		`{ body = {} }`:                         "has a body that must be a text, but is a table",
		`{ headers = { "x" } }`:                 "has headers that must be a table with names",
		`{ headers = { ["a b"] = 1 } }`:         "is no name of a header",
		`{ json = { f = error } }`:              "json.f: a function",
		`"ok"`:                                  "reply must be a table or a function, but is a text",
		`nil`:                                   "reply must be a table or a function, but is nil",
		`http`:                                  "the module http",
		`json.decode('{"status": 200, "x":1}')`: "doesn't know 'x'",
	} {
		rows = append(rows, row{file: "\nhttp.stub('GET', 'snow:/x', " + reply + ")", wrong: wrong})
	}
	for call, wrong := range map[string]string{
		`http.stub("G T", "snow:/x", {})`:                            "method must be GET",
		`http.stub("GET", "snow", {})`:                               `write for example "snow:/path"`,
		`http.stub("GET", "snow://x", {})`:                           `write "snow:/x"`,
		`http.stub("GET", {}, {})`:                                   "url must be a text",
		`http.stubb("GET", "snow:/x", {})`:                           "did you mean 'stub'?",
		`local h = http.stub("GET", "snow:/x", {}) return h.request`: "did you mean 'requests'?",
		`local h = http.stub("GET", "snow:/x", {}) return h.calls`:   "it has requests, a list of",
		`local h = http.stub("GET", "snow:/x", {}) h.requests = {}`:  "can't be changed",
	} {
		rows = append(rows, row{file: call, wrong: wrong})
	}
	check(t, snow(), rows)
}

func TestWhichStub(t *testing.T) {
	t.Parallel()
	for _, r := range []struct {
		request, method, url string
		fits                 bool
	}{
		{`get("snow:/x")`, "GET", "https://snow.example.org/api/now/x", true},
		{`get("https://snow.example.org/api/now/x")`, "GET", "snow:/x", true},
		{`get("https://SNOW.example.org:443/api/now/x")`, "*", "snow:/x", true},
		{`get("http://snow.example.org/api/now/x")`, "GET", "snow:/x", false},
		{`post("snow:/x")`, "post", "snow:/x", true},
		{`post("snow:/x")`, "GET", "snow:/x", false},
		{`get("snow:/x?a=1", { query = { b = "x y" } })`, "GET", "snow:/x", true},
		{`get("snow:/x?a=1", { query = { b = "x y" } })`, "GET", "snow:/x?b=x%20y", true},
		{`get("snow:/x?a=1", { query = { b = { 1, 2 } } })`, "GET", "snow:/x?b=2&a=1", true},
		{`get("snow:/x?a=1")`, "GET", "snow:/x?a=2", false},
		{`get("snow:/x")`, "GET", "snow:/x?a=", false},
		{`get("snow:/x?a=12")`, "GET", "snow:/x?a=1*", true},
		{`get("snow:/x?a=2")`, "GET", "snow:/x?a=1*", false},
		{`get("snow:/xy?a=1")`, "GET", "snow:/x?a=1*", false},
		{`get("snow:/x/7/y")`, "GET", "snow:/x/*", true},
		{`get("snow:/x")`, "GET", "snow:/x*", true},
		{`get("snow:/x")`, "GET", "snow:/x/*", false},
		{`get("snow:/x")`, "GET", "snow:*", true},
		{`get("snow:/x")`, "GET", "*", true},
		{`get("crm:/x")`, "GET", "crm:/x", true},
		{`get("crm:/x")`, "GET", "snow:/x", false},
		{`get("crm:/x")`, "GET", "http://crm/x", true},
		{`get("https://any.example.net")`, "GET", "https://any.example.net/", true},
		{`get("https://any.example.net/x")`, "GET", "https://any.example.net*", true},
		{`get("http://10.0.0.5/x")`, "GET", "http://10.0.0.5/x", true},
		{`get("snow:/a b")`, "GET", "snow:/a%20b", true},
	} {
		w := newWorld(t, `say(pcall(http.`+strings.Replace(r.request, "(", ", ", 1)+`)`, snow())
		got, err := w.run(t, `http.stub("`+r.method+`", "`+r.url+`", {}) return run_action()`)
		if err != nil || got != map[bool]string{true: "true", false: "false"}[r.fits] || len(w.set.Unmet()) > 0 == r.fits {
			t.Errorf("%s and %s %s: %s %v %q", r.request, r.method, r.url, got, err, w.set.Unmet())
		}
	}
	check(t, snow(), []row{
		{action: `say(http.get("snow:/x").body)`, file: `http.stub("*", "*", { body = "1" }) http.stub("GET", "snow:/x", { body = "2" })
			http.stub("GET", "snow:/x", { body = "3" }) http.stub("GET", "snow:/y", { body = "4" }) return run_action()`, want: `"3"`},
	})
}

func TestRequests(t *testing.T) {
	t.Parallel()
	check(t, snow(), []row{
		{
			action: `http.post("snow:/x?a=1", { query = { b = { 2, "c" } }, json = { z = json.null, l = json.array(), o = json.object(), n = 5 }, headers = { ["X-Y"] = 1 } })`,
			file: `local h = http.stub("POST", "snow:/x", {}) local before = h.requests run_action() local q = h.requests[1]
				return { #before, q.method, q.url, q.path, q.query, q.headers["X-Y"], q.headers["x-y"], q.headers.authorization, json.encode(q.json), q.form == nil, q.body }`,
			want: `[1,"POST","snow:/x","/x",{"a":"1","b":["2","c"]},"1","1","Bearer secret","{\"z\":null,\"l\":[],\"o\":{},\"n\":5}",true,"{\"z\":null,\"l\":[],\"o\":{},\"n\":5}"]`,
		},
		{
			action: `http.put("snow:/x", { form = { a = "b c", d = { 1, 2 } } }) http.put("snow:/x", { json = json.null }) http.delete("snow:/x") http.put("snow:/x", { body = "" })`,
			file: `local h = http.stub("*", "*", {}) run_action() local q = h.requests
				return { #q, q[1].form, q[1].body, q[2].json == json.null, q[3].body == nil, q[4].body, q[3].method }`,
			want: `[4,{"a":"b c","d":["1","2"]},"a=b+c&d=1&d=2",true,true,"","DELETE"]`,
		},
		{
			action: `local all = {} for i = 1, 20 do all[i] = "snow:/x/" .. i end for i, r in ipairs(http.all(all)) do all[i] = r.body end say(table.concat(all, ","))`,
			file: `local n = 0 local h = http.stub("*", "*", function(q) n = n + 1 return { body = n .. q.path } end)
				local r = run_action() for i, q in ipairs(h.requests) do assert(q.path == "/x/" .. i) end return r`,
			want: `"1/x/1,2/x/2,3/x/3,4/x/4,5/x/5,6/x/6,7/x/7,8/x/8,9/x/9,10/x/10,11/x/11,12/x/12,13/x/13,14/x/14,15/x/15,16/x/16,17/x/17,18/x/18,19/x/19,20/x/20"`,
		},
		// The test file's own requests, and stubs made while one is answered.
		{
			file: `http.stub("GET", "snow:/x", function(q) kv.set("seen", q.path) http.stub("GET", "snow:/y", { body = "y" }) return { body = http.get("snow:/y").body } end)
				return { http.get("snow:/x").body, kv.get("seen") }`,
			want: `["y","/x"]`,
		},
		{file: `local h = http.stub("GET", "snow:/x", {}) for k, v in pairs(h) do return { k, #v } end`, want: `["requests",0]`},
	})
}

func TestUnmetRequest(t *testing.T) {
	t.Parallel()
	get := `http.get("snow:/table/incidents", { query = { limit = 5 } })`
	check(t, snow(), []row{
		{action: get, file: `run_action()`, unmet: []string{`GET snow:/table/incidents?limit=5 has no stub in this test; write http.stub("GET", "snow:/table/incidents", { json = { … } }) before this call`},
			wrong: `action_do.lua:3: http.get: GET snow:/table/incidents?limit=5 has no stub in this test; write http.stub(`},
		{action: `say(pcall(http.get, "snow:/x"))`, file: `return run_action()`, want: `false`, unmet: []string{"GET snow:/x has no stub"}},
		{action: get, file: `http.stub("GET", "crm:/table/incidents", {})
			http.stub("GET", "snow:/table/incident", {})
			http.stub("POST", "snow:/people", {}) run_action()`, unmet: []string{`x_test.lua:2`},
			wrong: `the nearest is http.stub("GET", "snow:/table/incident", …) at x_test.lua:2, but its path is another`},
		{action: get, file: `http.stub("POST", "snow:/table/incidents", {}) run_action()`, wrong: "its method is another", unmet: []string{"method"}},
		{action: get, file: `http.stub("GET", "snow:/table/incidents?limit=6", {}) run_action()`, wrong: "after the ? isn't in the request", unmet: []string{"?"}},
		{action: `pcall(http.get, "snow:/x") pcall(http.get, "snow:/x") pcall(http.all, { "snow:/y", "snow:/z" })`, file: `run_action()`, want: `null`,
			unmet: []string{"snow:/x", "snow:/y", "snow:/z"}},
	})
	w := newWorld(t, ``, snow())
	_, _ = w.run(t, `http.stub("GET", "snow:/x", {}) pcall(http.get, "snow:/y")`)
	w.set.Reset()
	if unmet := w.set.Unmet(); len(unmet) > 0 {
		t.Errorf("after Reset: %q", unmet)
	}
	if _, err := w.run(t, `http.get("snow:/x")`); err == nil {
		t.Error("Reset leaves a stub")
	}
}

// Delays count, and nobody waits for them.
func TestDelay(t *testing.T) {
	t.Parallel()
	begin := time.Now()
	o := snow()
	o.double.Now = func() time.Time { return time.Unix(1_000_000, 0) }
	o.timeout = 20 * time.Second
	late := `local a = time.now() local r = http.get("snow:/x", { timeout = 3 }) say { r.status, r.error or "", time.now() - a, os.clock() }`
	check(t, o, []row{
		{action: late, file: `http.stub("GET", "snow:/x", { delay = 2.5 }) return run_action()`, want: `[200,"",2.5,2.5]`},
		{action: late, file: `http.stub("GET", "snow:/x", { delay = 2.5 }) time.freeze("2026-01-01") return { run_action(), time.now() }`,
			want: `[[200,"",2.5,2.5],"2026-01-01T00:00:02.500000+00:00"]`},
		{action: late, file: `http.stub("GET", "snow:/x", { delay = 3 }) return run_action()`, want: `[0,"GET snow:/x: no answer within 3 s",3,3]`},
		{action: late, file: `http.stub("GET", "snow:/x", function() return { delay = 1000 } end) return run_action()`, want: `[0,"GET snow:/x: no answer within 3 s",3,3]`},
		{action: late, file: `http.stub("GET", "snow:/x", { delay = 1, error = "refused" }) return run_action()`, want: `[0,"GET snow:/x: refused",1,1]`},
		{action: `local r = http.get("snow:/x") say { r.status, r.error, os.clock() }`, file: `http.stub("GET", "snow:/x", { delay = 60 }) return run_action()`,
			want: `[0,"GET snow:/x: no answer within 5 s",5]`},
		{action: `local r = http.get("snow:/x", { timeout = 0.0001 }) say(r.status)`, file: `http.stub("GET", "snow:/x", {}) return run_action()`, want: `200`},
		// Side by side, as long as the slowest takes.
		{action: `http.all { "snow:/1", "snow:/2", "snow:/3" } say(os.clock())`, file: `http.stub("GET", "snow:/1", { delay = 1 }) http.stub("GET", "snow:/2", { delay = 2 })
			http.stub("GET", "snow:/3", {}) return run_action()`, want: `2`},
		// The call's deadline.
		{action: `http.get("snow:/x", { timeout = 60 })`, file: `http.stub("GET", "snow:/x", { delay = 30 }) run_action()`, wrong: "timeout: "},
		{action: `for i = 1, 10 do pcall(http.get, "snow:/x") end`, file: `http.stub("GET", "snow:/x", { delay = 4 }) run_action()`, wrong: "timeout: "},
	})
	if took := time.Since(begin); took > 15*time.Second {
		t.Errorf("it took %s", took)
	}
}

func TestHosts(t *testing.T) {
	t.Parallel()
	o := options{double: double.Options{HTTP: httpclient.Options{Allow: []string{"api.example.org"},
		Services: map[string]httpclient.Service{"snow": {URL: "https://snow.example.org/api/now"}}}}}
	check(t, o, []row{
		{action: `say(http.get("https://api.example.org/x").status)`, file: `http.stub("*", "*", {}) return run_action()`, want: `200`},
		{action: `http.get("https://other.example.org/x")`, file: `http.stub("*", "*", {}) run_action()`, wrong: "is not one that scripts may ask"},
		// A stub may say in full where a service lies, whatever scripts may.
		{action: `say(http.get("snow:/x?a=1").body)`, file: `http.stub("GET", "https://snow.example.org/api/now/x", { body = "in full" }) return run_action()`, want: `"in full"`},
		{action: `say(http.get("snow:/x?a=1").body)`, file: `http.stub("GET", "https://snow.example.org/api/*", { body = "rest" }) return run_action()`, want: `"rest"`},
		{action: `http.get("https://snow.example.org/api/now/x")`, file: `http.stub("*", "*", {}) run_action()`, wrong: "is not one that scripts may ask"},
		{action: `say(1)`, file: `http.stub("GET", "https://other.example.org/x", {})`, wrong: "is not one that scripts may ask"},
	})
	s := double.New(double.Options{HTTP: httpclient.Options{Services: map[string]httpclient.Service{"snow": {URL: "ftp://x"}}}})
	defer s.Close()
	if s.Problem() == nil {
		t.Error("a wrong service goes unnoticed")
	}
}
