// Package http is the module http: requests to the services that the configuration names.
package http

import (
	"context"
	"time"
	"unsafe"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/service/httpclient"
)

// maxRequests is how many requests one call may send.
const maxRequests = 100

// module is http for one state.
type module struct {
	s      *luaapi.Session
	client *httpclient.Client
	sent   int // by this call
	meta   *lua.LTable
	json   *lua.LFunction // of responses
	names  []string       // of their fields
}

// New returns the module for a session's state. The client is the server's; one that reaches nothing if nil.
func New(s *luaapi.Session, client *httpclient.Client) luaapi.Module {
	if client == nil {
		client, _ = httpclient.New(httpclient.Options{}) // nothing in it that could be wrong
	}
	m := &module{s: s, client: client, names: fieldNames()}
	m.hideResponses()
	declared := luaapi.Module{
		Name: "http",
		Doc: `Asks services over HTTP: those that the configuration names, as "name:/path", and full URLs of the hosts that it allows. ` +
			"A response has the fields status (0: nobody answered), ok (200 to 299), headers (names in lower case), body and error, and " +
			"response:json() reads its body. Options: query, headers, json or form or body, auth, timeout in seconds, redirects.",
		Begin: func() { m.sent = 0 },
	}
	opts, request := optionFields(), requestFields()
	for _, verb := range []struct{ name, method, doc, example string }{
		{"get", "GET", "Asks for something.", `local response = http.get("snow:/table/incident", { query = { limit = 5 } })`},
		{"delete", "DELETE", "Has something deleted.", `local response = http.delete("snow:/table/incident/7")`},
		{"head", "HEAD", "Asks for the headers only.", `local there = http.head("snow:/table/incident/7").ok`},
		{"post", "POST", "Sends something new.", `local response = http.post("snow:/table/incident", { json = { text = "It leaks" } })`},
		{"put", "PUT", "Sends something in the place of what is there.", `local response = http.put("snow:/table/incident/7", { json = { text = "It drips" } })`},
		{"patch", "PATCH", "Sends what has changed.", `local response = http.patch("snow:/table/incident/7", { json = { state = "closed" } })`},
	} {
		declared.Members = append(declared.Members, luaapi.Member{
			Name: verb.name, Returns: "response", Doc: verb.doc, Example: verb.example,
			Params: []luaapi.Param{{Name: "url", Type: "string"}, {Name: "opts", Type: "table", Optional: true, Fields: opts}},
			Func: func(a luaapi.Args) int {
				o := options{m: m, a: a, t: a.Options(2)}
				return a.Return(m.send(a, o.request(verb.method, a.String(1)))...)
			},
		})
	}
	declared.Members = append(declared.Members,
		luaapi.Member{
			Name: "request", Returns: "response", Params: []luaapi.Param{{Name: "request", Type: "table", Fields: request}}, Func: m.request,
			Doc:     "Sends a request of any method: method (GET unless given), url, and the options.",
			Example: `local response = http.request { method = "POST", url = "snow:/table/incident", json = { text = "It leaks" } }`,
		},
		luaapi.Member{
			Name: "all", Returns: "list of response", Params: []luaapi.Param{{Name: "requests", Type: "list", Doc: "Tables as request takes them, or urls to get.", Fields: request}}, Func: m.all,
			Doc:     "Sends requests side by side, at most 8 at once, and gives their responses in the same order. Each is a table as request takes it, or a url to get.",
			Example: `local responses = http.all { "snow:/table/incident", { method = "HEAD", url = "snow:/table/problem" } }`,
		})
	return declared
}

func (m *module) request(a luaapi.Args) int {
	return a.Return(m.send(a, m.described(a, a.Table(1), ""))...)
}

// described is the request that a table tells of.
func (m *module) described(a luaapi.Args, t *lua.LTable, where string) *httpclient.Request {
	a.Values.Open(t)
	a.KnownKeys(t, a.Known(1))
	o := options{m: m, a: a, t: t, where: where}
	method := "GET"
	if given := a.Option(t, "method"); given != lua.LNil {
		var err error
		if method, err = httpclient.MethodOf(given.String()); err != nil {
			o.raise(err)
		}
	}
	url := a.Option(t, "url")
	if url == lua.LNil {
		a.Raise(`%shas no url; write url = "name:/path"`, where)
	}
	return o.request(method, url.String())
}

func (m *module) all(a luaapi.Args) int {
	list := a.Table(1)
	if name := a.State.FrozenName(list); name != "" || !a.Values.IsList(list) && !a.Values.IsEmpty(list) {
		a.Raise(`takes a list of requests: { "name:/path", { url = "name:/other" } }`)
	}
	length := a.Values.Len(list)
	m.count(a, length)
	requests := make([]*httpclient.Request, length)
	for i := range requests {
		where := "request " + lua.LNumber(i+1).String() + " "
		switch item := a.Values.Item(list, i+1).(type) {
		case lua.LString:
			o := options{m: m, a: a, where: where}
			requests[i] = o.request("GET", string(item))
		case *lua.LTable:
			requests[i] = m.described(a, item, where)
		default:
			a.Raise(`%smust be a url or a table with one, but is %s`, where, luaapi.TypeOf(item))
		}
	}
	answers := a.L.CreateTable(length, 0)
	for _, answer := range m.exchange(a, requests) {
		answers.Append(answer)
	}
	return a.Return(a.Values.MarkList(answers))
}

// count has the call pay for requests that it is about to send.
func (m *module) count(a luaapi.Args, n int) {
	if m.sent+n > maxRequests {
		a.Raise("more than %d requests in one call, the most that it may send; ask for many things in one request", maxRequests)
	}
	m.sent += n
}

func (m *module) send(a luaapi.Args, q *httpclient.Request) []lua.LValue {
	m.count(a, 1)
	return m.exchange(a, []*httpclient.Request{q})
}

// exchange sends requests and waits for their answers. It is the only place where a script waits for a service.
func (m *module) exchange(a luaapi.Args, requests []*httpclient.Request) []lua.LValue {
	var answers []*httpclient.Response
	meter := a.State.Meter()
	meter.Wait(func(ctx context.Context) {
		if len(requests) == 1 {
			answers = []*httpclient.Response{m.client.Do(ctx, requests[0])}
			return
		}
		answers = m.client.All(ctx, requests)
	})
	defer func() {
		for _, answer := range answers {
			answer.Release()
		}
	}()
	meter.Look(a.L)
	m.settle(a, answers)
	values := make([]lua.LValue, len(answers))
	for i, answer := range answers {
		meter.Need(a.L, a.Name(), cap(answer.Body)+responseBytes)
		answer.Release()
		values[i] = m.response(answer)
	}
	return values
}

// settle does what a test's stand-in for the network asks for: it has the time of answers pass, which came side by side, and raises
// what it refused.
func (m *module) settle(a luaapi.Args, answers []*httpclient.Response) {
	took := time.Duration(0)
	for _, answer := range answers {
		took = max(took, answer.Took)
	}
	if took > 0 {
		a.State.Sleep(took)
		a.State.Meter().Look(a.L)
	}
	for _, answer := range answers {
		if answer.Refused != "" {
			a.Raise("%s", answer.Refused)
		}
	}
}

// textOf is a text whose bytes nobody changes any more.
func textOf(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
