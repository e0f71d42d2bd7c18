package http

import (
	"math"
	"net/url"
	"strings"
	"time"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/number"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/service/httpclient"
)

// optionFields declares the options of a request.
func optionFields() []luaapi.Field {
	return []luaapi.Field{
		{Name: "query", Type: "table", Doc: "What is added to the url: { name = value }. A list repeats the name, nil is left out."},
		{Name: "headers", Type: "table", Doc: `Headers to send: { ["X-Name"] = value }.`},
		{Name: "json", Type: "any", Doc: "The body: a value to be sent as JSON. A request has one of json, form and body."},
		{Name: "form", Type: "table", Doc: "The body: { name = value }, sent as a web form is."},
		{Name: "body", Type: "string", Doc: "The body: a text, sent as it is."},
		{Name: "auth", Type: "list of string", Doc: "User and password: { user, password }."},
		{Name: "timeout", Type: "number", Doc: "How many seconds the answer may take, 5 unless given."},
		{Name: "redirects", Type: "boolean", Doc: "Whether to follow where the service sends it, true unless given."},
	}
}

// requestFields declares what a table says of a whole request.
func requestFields() []luaapi.Field {
	return append([]luaapi.Field{
		{Name: "method", Type: "string", Doc: "The method, GET unless given."},
		{Name: "url", Type: "string", Doc: `Where to: "name:/path", or a full url.`, Required: true},
	}, optionFields()...)
}

// options are what a script says of one request.
type options struct {
	m     *module
	a     luaapi.Args
	t     *lua.LTable // nil if there are none
	where string      // of a request in a list: "request 2 "
}

func (o *options) raise(err error) { o.a.Raise("%s%s", o.where, err.Error()) }

func (o *options) get(name string) lua.LValue {
	if o.t == nil {
		return lua.LNil
	}
	return o.a.Option(o.t, name)
}

// request is the whole request, checked: it is sent, or the script has an error.
func (o *options) request(method, address string) *httpclient.Request {
	o.a.State.Meter().Step(o.a.L, len(address)/8)
	target, err := o.m.client.Target(address)
	if err != nil {
		o.raise(err)
	}
	q := &httpclient.Request{Method: method, Target: target, Follow: true, Timeout: o.timeout(), Auth: o.auth(), Headers: o.headers()}
	if redirects, given := o.get("redirects").(lua.LBool); given {
		q.Follow = bool(redirects)
	}
	if t, ok := o.get("query").(*lua.LTable); ok {
		q.Query = o.pairs("query", t, httpclient.MaxURL, escapeQuery)
	}
	o.content(q)
	if err := o.m.client.Check(q); err != nil {
		o.raise(err)
	}
	return q
}

// content is the body, by the one option that says it.
func (o *options) content(q *httpclient.Request) {
	given := ""
	for _, name := range []string{"json", "form", "body"} {
		v := o.get(name)
		if v == lua.LNil {
			continue
		}
		if given != "" {
			o.a.Raise("%shas both %s and %s; a request has one of json, form and body", o.where, given, name)
		}
		given, q.HasBody = name, true
	}
	switch given {
	case "json":
		text, err := o.a.Values.AppendText(nil, o.get("json"), "json")
		if err != nil {
			o.raise(err)
		}
		q.Body, q.ContentType = textOf(text), "application/json"
	case "form":
		if t, ok := o.get("form").(*lua.LTable); ok {
			q.Body = o.pairs("form", t, httpclient.MaxSend, url.QueryEscape)
		}
		q.ContentType = "application/x-www-form-urlencoded"
	case "body":
		q.Body, q.ContentType = o.get("body").String(), "text/plain; charset=utf-8"
	}
}

// escapeQuery writes a blank as %20, which means one everywhere.
func escapeQuery(text string) string { return strings.ReplaceAll(url.QueryEscape(text), "+", "%20") }

// own raises if the table is not one of the script's own.
func (o *options) own(name string, t *lua.LTable) {
	if frozen := o.a.State.FrozenName(t); frozen != "" {
		o.a.Raise("%s%s must be a table with names, but is %s", o.where, name, frozen)
	}
}

// pairs writes name=value&…, in the order in which they were set.
func (o *options) pairs(option string, t *lua.LTable, most int, escape func(string) string) string {
	o.own(option, t)
	var b strings.Builder
	add := func(name string, value lua.LValue) {
		o.a.State.Meter().Step(o.a.L, 1)
		if o.a.Values.IsNull(value) {
			return
		}
		text := o.text(option, name, value)
		if b.Len()+len(name)+len(text) > most {
			o.a.Raise("%s%s is too long; at most %d KiB are sent", o.where, option, most>>10)
		}
		const growth = 3 // %XX for a byte
		o.a.State.Meter().Need(o.a.L, o.a.Name(), growth*(len(name)+len(text)))
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(escape(name))
		b.WriteByte('=')
		b.WriteString(escape(text))
	}
	o.a.Values.Each(t, func(key, value lua.LValue) bool {
		name, ok := key.(lua.LString)
		if !ok {
			o.a.Raise("%s%s takes names, not items: { name = value }", o.where, option)
		}
		list, ok := value.(*lua.LTable)
		if !ok {
			add(string(name), value)
			return true
		}
		if o.a.State.FrozenName(list) != "" || !o.a.Values.IsList(list) && !o.a.Values.IsEmpty(list) {
			o.text(option, string(name), value) // raises
		}
		for i := 1; i <= o.a.Values.Len(list); i++ {
			add(string(name), o.a.Values.Item(list, i))
		}
		return true
	})
	return b.String()
}

// text is a value as it stands in a query, a form or a header.
func (o *options) text(option, name string, value lua.LValue) string {
	switch v := value.(type) {
	case lua.LString:
		return string(v)
	case lua.LNumber:
		return number.Format(float64(v))
	case lua.LBool:
		return v.String()
	case *lua.LUserData:
		switch inner := v.Value.(type) {
		case *number.Integer:
			return inner.Digits()
		case luaapi.JSONAppender: // a time
			return strings.Trim(string(inner.AppendJSON(nil)), `"`)
		}
	}
	o.a.Raise("%s%s.%s must be a text, a number, true or false, but is %s", o.where, option, cut(name, maxShown), luaapi.TypeOf(value))
	return ""
}

func (o *options) headers() []httpclient.Header {
	t, ok := o.get("headers").(*lua.LTable)
	if !ok {
		return nil
	}
	o.own("headers", t)
	var headers []httpclient.Header
	o.a.Values.Each(t, func(key, value lua.LValue) bool {
		o.a.State.Meter().Step(o.a.L, 1)
		name, ok := key.(lua.LString)
		if !ok {
			o.a.Raise(`%sheaders takes names, not items: { ["X-Name"] = "value" }`, o.where)
		}
		if o.a.Values.IsNull(value) {
			return true
		}
		h := httpclient.Header{Name: string(name), Value: o.text("headers", string(name), value)}
		if len(headers) >= httpclient.MaxHeader/4 || len(h.Name)+len(h.Value) > httpclient.MaxHeader {
			o.a.Raise("%sheaders are longer than 64 KiB together, the most that is sent", o.where)
		}
		if err := httpclient.CheckHeader(h.Name, h.Value); err != nil {
			o.a.Raise("%sheaders: %s", o.where, err.Error())
		}
		headers = append(headers, h)
		return true
	})
	return headers
}

func (o *options) auth() *httpclient.Login {
	t, ok := o.get("auth").(*lua.LTable)
	if !ok {
		return nil
	}
	const right = "auth must be a list of user and password: auth = { user, password }"
	if o.a.State.FrozenName(t) != "" || o.a.Values.Len(t) != 2 {
		o.a.Raise("%s%s", o.where, right)
	}
	var texts [2]string
	for i := range texts {
		switch v := o.a.Values.Item(t, i+1).(type) {
		case lua.LString:
			texts[i] = string(v)
		case lua.LNumber:
			texts[i] = number.Format(float64(v))
		default:
			o.a.Raise("%s%s; its item %d is %s", o.where, right, i+1, luaapi.TypeOf(v))
		}
	}
	if strings.Contains(texts[0], ":") {
		o.a.Raise("%sthe user in auth can't have a colon in it", o.where)
	}
	if len(texts[0])+len(texts[1]) > httpclient.MaxHeader/2 {
		o.a.Raise("%sauth is longer than 32 KiB, the most that is sent", o.where)
	}
	return &httpclient.Login{User: texts[0], Password: texts[1]}
}

// timeout is 0 if the script says none.
func (o *options) timeout() time.Duration {
	v := o.get("timeout")
	if v == lua.LNil {
		return 0
	}
	seconds, _ := number.From(v)
	if !(seconds > 0) {
		o.a.Raise("%stimeout must be more than 0 seconds, but is %s", o.where, number.Format(seconds))
	}
	const most = 24 * time.Hour // the call's deadline comes first
	return time.Duration(math.Ceil(min(seconds, most.Seconds()) * float64(time.Second)))
}
