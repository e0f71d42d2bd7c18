//go:build unix

package hostile

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// request is one hostile request over HTTP.
type request struct {
	item, name, tries string
	method, path      string // POST /webhook unless given
	headers           map[string]string
	body              []byte
	want              []int // any of these statuses
}

// attackByRequests sends what no Rasa would.
func attackByRequests(ctx context.Context, r *run) error {
	scripts, err := folder()
	if err != nil {
		return err
	}
	defer removeFolder(scripts)
	if err := writeHonest(scripts); err != nil {
		return err
	}
	s, n, err := r.serve(scripts)
	if err != nil {
		return err
	}
	for i, q := range slices.Concat(namesRequests(), shapeRequests(), jsonRequests(), packedRequests(), headerRequests()) {
		if ctx.Err() != nil || r.Quick && i%3 != 0 || r.Only != "" && !strings.Contains(q.name, r.Only) {
			continue
		}
		r.sendRequest(s, n, q, scripts)
	}
	for _, c := range connectionAttacks() {
		if ctx.Err() != nil || r.Only != "" && !strings.Contains(c.name, r.Only) || r.Quick && c.long {
			continue
		}
		r.connect(s, n, c)
	}
	return r.close("requests", s, n)
}

func (r *run) sendRequest(s *server, n *neighbours, q request, scripts string) {
	s.forgetPeak()
	n.since()
	method, path := q.method, q.path
	if method == "" {
		method = http.MethodPost
	}
	if path == "" {
		path = "/webhook"
	}
	headers := map[string]string{"Content-Type": "application/json"}
	for name, value := range q.headers {
		headers[name] = value
	}
	got := s.send(method, path, headers, bytes.NewReader(q.body), r.Timeout+20*time.Second)
	row := Row{Group: "requests", Item: q.item, Name: q.name, Tries: q.tries, Want: fmt.Sprint(q.want), Got: strconv.Itoa(got.status), Time: got.took}
	row.Wrong = append(row.Wrong, got.told(scripts)...)
	switch {
	case got.err != nil && !slices.Contains(q.want, 0):
		row.Wrong = append(row.Wrong, got.err.Error())
	case got.err == nil && !slices.Contains(q.want, got.status):
		row.Wrong = append(row.Wrong, fmt.Sprintf("answered %d %.200s", got.status, got.body))
	}
	if got.status == 500 && bytes.Contains(got.body, []byte("inside the action server")) {
		row.Wrong = append(row.Wrong, "a fault of the server's own")
	}
	if len(q.body) > 200 && bytes.Contains(got.body, q.body[:200]) {
		row.Wrong = append(row.Wrong, "the answer repeats the request")
	}
	slack := r.Slack
	if len(q.body) > 1<<20 {
		slack += time.Second // the deadline counts from when all of it has come and was read
	}
	if row.Time > r.Timeout+slack {
		row.Wrong = append(row.Wrong, fmt.Sprintf("answered after %d ms", row.Time.Milliseconds()))
	}
	var harmed []string
	row.Neighbours, harmed = n.since()
	row.Wrong = append(row.Wrong, harmed...)
	r.add(row, s)
}

// named is a call whose action's name is the given JSON.
func named(name string) []byte {
	return []byte(`{"next_action":` + name + `,"tracker":{"sender_id":"a","slots":{}}}`)
}

func namesRequests() []request {
	all := []request{
		{name: "name empty", body: named(`""`), want: []int{200}}, {name: "name null", body: named("null"), want: []int{200}},
		{name: "name missing", body: []byte(`{"tracker":{"sender_id":"a"}}`), want: []int{200}},
	}
	for name, value := range map[string]string{
		"path up": `"../../etc/passwd"`, "slash": `"a/b"`, "zero byte": `"neighbour_quick\u0000"`, "escaped path": `"%2e%2e%2fneighbour_quick"`,
		"homoglyph": `"nеighbour_quick"`, "metamethod": `"__index"`, "with ending": `"neighbour_quick.lua"`, "case": `"NEIGHBOUR_QUICK"`,
		"of a megabyte": `"` + strings.Repeat("a", 1<<20) + `"`, "blank": `" neighbour_quick"`, "line break": `"a\r\nX-Evil: 1"`, "library": `"lib.shared"`,
		"dots": `".."`, "markup": `"<script>alert(1)</script>"`,
	} {
		all = append(all, request{name: "name " + name, body: named(value), want: []int{404}})
	}
	for name, value := range map[string]string{"number": "5", "list": "[1]", "object": "{}", "true": "true"} {
		all = append(all, request{name: "name a " + name, body: named(value), want: []int{200, 400, 404}})
	}
	for i := range all {
		all[i].item, all[i].tries = "49", "A name that is no action's."
	}
	slices.SortFunc(all, func(a, b request) int { return strings.Compare(a.name, b.name) })
	return all
}

// shapeRequests have the wrong type in every field, one by one.
func shapeRequests() []request {
	good := `{"next_action":"neighbour_quick","sender_id":"a","version":"3.21.0","domain_digest":null,"domain":{"slots":{}},"tracker":{"sender_id":"a",` +
		`"slots":{"name":"Ann","n":3},"latest_message":{"text":"hi","intent":{"name":"x"},"entities":[]},"events":[],"paused":false,` +
		`"followup_action":null,"active_loop":{},"latest_action_name":null,"stack":[],"user_id":null}}`
	var all []request
	for _, field := range []struct{ name, part string }{
		{"sender_id", `"sender_id":"a","version"`}, {"version", `"version":"3.21.0"`}, {"domain_digest", `"domain_digest":null`}, {"domain", `"domain":{"slots":{}}`},
		{"slots", `"slots":{"name":"Ann","n":3}`}, {"latest_message", `"latest_message":{"text":"hi","intent":{"name":"x"},"entities":[]}`},
		{"intent", `"intent":{"name":"x"}`}, {"entities", `"entities":[]`}, {"events", `"events":[]`}, {"paused", `"paused":false`},
		{"active_loop", `"active_loop":{}`}, {"latest_action_name", `"latest_action_name":null`}, {"stack", `"stack":[]`}, {"user_id", `"user_id":null`},
		{"tracker's sender_id", `"tracker":{"sender_id":"a"`},
	} {
		key, _, _ := strings.Cut(field.part, ":")
		end := ""
		switch {
		case field.name == "sender_id":
			end = `,"version"`
		case strings.HasPrefix(field.part, `"tracker":{`):
			key = `"tracker":{"sender_id"`
		}
		for _, value := range []string{"1", `"x"`, "true", "[]", "{}", "[[1],null]", `{"a":{"b":[1]}}`, "1e999", "-0"} {
			changed := strings.Replace(good, field.part, key+":"+value+end, 1)
			all = append(all, request{item: "50", name: field.name + " is " + value, tries: "The wrong type for one field.", body: []byte(changed),
				want: []int{200, 400, 449, 500}})
		}
	}
	for _, value := range []string{"null", "1", `"x"`, "[]", "{}", `{"sender_id":null}`, `{"sender_id":""}`} {
		all = append(all, request{item: "50", name: "tracker is " + value, tries: "The wrong type for one field.",
			body: []byte(`{"next_action":"neighbour_quick","tracker":` + value + `}`), want: []int{200, 400, 500}})
	}
	return all
}

func deep(open, shut string, n int) []byte {
	return []byte(`{"next_action":"neighbour_quick","tracker":{"sender_id":"a","slots":{"name":"Ann","n":1,"deep":` + strings.Repeat(open, n) + "1" +
		strings.Repeat(shut, n) + `}}}`)
}

func jsonRequests() []request {
	with := func(slots string) []byte {
		return []byte(`{"next_action":"neighbour_quick","tracker":{"sender_id":"a","slots":{"name":"Ann","n":1,` + slots + `}}}`)
	}
	all := []request{
		{name: "duplicate keys", body: with(`"n":2,"n":3`), want: []int{200, 400}},
		{name: "lone surrogate", body: with(`"x":"\ud800"`), want: []int{200, 400}},
		{name: "broken UTF-8", body: with("\"x\":\"\xff\xc0\x80\""), want: []int{200, 400}},
		{name: "number too large", body: with(`"x":1e999`), want: []int{200, 400}},
		{name: "number of a megabyte", body: with(`"x":` + strings.Repeat("9", 1<<20)), want: []int{200, 400}},
		{name: "9,000 lists deep", body: deep("[", "]", 9000), want: []int{200, 400}},
		{name: "200,000 lists deep", body: deep("[", "]", 200_000), want: []int{400}},
		{name: "200,000 objects deep", body: deep(`{"a":`, "}", 200_000), want: []int{400}},
		{name: "a million brackets and no more", body: bytes.Repeat([]byte("["), 1_000_000), want: []int{400}},
		{name: "half a million keys", body: with(manyKeys(500_000)), want: []int{200, 413, 500}},
		{name: "the same key half a million times", body: with(strings.Repeat(`"k":1,`, 500_000) + `"k":2`), want: []int{200, 400, 500}},
		{name: "a million empty events", want: []int{200, 400, 413, 500},
			body: []byte(`{"next_action":"neighbour_quick","tracker":{"sender_id":"a","slots":{"name":"x","n":1},"events":[` + strings.Repeat("{},", 1_000_000) + `{}]}}`)},
		{name: "text of 20 MB", body: with(`"x":"` + strings.Repeat("x", 20<<20) + `"`), want: []int{200}},
	}
	for _, text := range []string{"", "null", "[]", `"x"`, "1", "true", "{} {}", "NaN", "Infinity", "{", "{]", "\x00", "\xef\xbb\xbf{}", "{\"a\":1,}", "// x\n{}", "'a'", "a=b&c=d", "<xml/>"} {
		want := []int{400}
		if strings.HasSuffix(text, "{}") {
			want = []int{200, 400}
		}
		all = append(all, request{name: fmt.Sprintf("body %q", text), body: []byte(text), want: want})
	}
	for i := range all {
		all[i].item, all[i].tries = "51", "JSON that is none, or that is awkward."
	}
	return all
}

func manyKeys(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `"key%d":%d,`, i, i)
	}
	return b.String() + `"last":0`
}

func packed(how func(io.Writer) io.WriteCloser, text []byte, times int) []byte {
	var out bytes.Buffer
	w := how(&out)
	for range times {
		_, _ = w.Write(text)
	}
	_ = w.Close()
	return out.Bytes()
}

func asZlib(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }
func asGzip(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }

func packedRequests() []request {
	zeros := make([]byte, 1<<20)
	good := body("neighbour_quick", "neighbour")
	small := packed(asZlib, good, 1)
	bomb := packed(asZlib, zeros, 200)
	all := []request{
		{name: "deflate bomb of 200 MB", headers: encoded("deflate"), body: bomb, want: []int{413}},
		{name: "gzip bomb of 200 MB", headers: encoded("gzip"), body: packed(asGzip, zeros, 200), want: []int{413}},
		{name: "bomb in a bomb", headers: encoded("deflate"), body: packed(asZlib, bomb, 1), want: []int{400, 413}},
		{name: "deflate twice", headers: encoded("deflate, deflate"), body: packed(asZlib, small, 1), want: []int{415}},
		{name: "brotli", headers: encoded("br"), body: []byte("\x0b\x02\x80abc\x03"), want: []int{415}},
		{name: "truncated deflate", headers: encoded("deflate"), body: small[:len(small)-7], want: []int{400}},
		{name: "raw deflate", headers: encoded("deflate"), body: small[2 : len(small)-4], want: []int{400}},
		{name: "wrong checksum", headers: encoded("deflate"), body: append(slices.Clone(small[:len(small)-4]), 1, 2, 3, 4), want: []int{400}},
		{name: "plain text said to be deflate", headers: encoded("deflate"), body: good, want: []int{400}},
		{name: "deflate with more behind it", headers: encoded("deflate"), body: append(slices.Clone(small), "more"...), want: []int{200, 400}},
		{name: "good deflate", headers: encoded("deflate"), body: small, want: []int{200}},
		{name: "empty deflate", headers: encoded("deflate"), want: []int{400}},
	}
	for i := range all {
		all[i].item, all[i].tries = "52", "A body that is packed in a strange way."
	}
	return all
}

func encoded(how string) map[string]string { return map[string]string{"Content-Encoding": how} }

func headerRequests() []request {
	good := body("neighbour_quick", "neighbour")
	many := map[string]string{}
	for i := range 1000 {
		many[fmt.Sprintf("X-Header-%d", i)] = "x"
	}
	all := []request{
		{item: "53", name: "body of 40 MB", tries: "A body over the limit.", body: bytes.Repeat([]byte(" "), 40<<20), want: []int{413, 0}},
		{item: "54", name: "header of 5 KB", tries: "Large headers.", headers: map[string]string{"X-Trace": strings.Repeat("x", 5<<10)}, body: good, want: []int{200}},
		{item: "54", name: "header of 100 KB", tries: "Large headers.", headers: map[string]string{"X-Trace": strings.Repeat("x", 100<<10)}, body: good, want: []int{431, 0}},
		{item: "54", name: "1,000 headers", tries: "Large headers.", headers: many, body: good, want: []int{200, 431, 0}},
		{item: "57", name: "digest without domain", tries: "A domain that never comes: no action asks for it in vain.", want: []int{200, 449},
			body: []byte(`{"next_action":"neighbour_quick","domain_digest":"nope","tracker":{"sender_id":"a","slots":{"name":"A","n":1}}}`)},
		{name: "wrong token header", tries: "Credentials for a server that wants none.", headers: map[string]string{"Authorization": "Basic " +
			base64.StdEncoding.EncodeToString(bytes.Repeat([]byte("a:"), 2000))}, body: good, want: []int{200}},
		{name: "media type", tries: "A form in place of JSON.", headers: map[string]string{"Content-Type": "multipart/form-data; boundary=x"}, body: good, want: []int{415}},
	}
	for _, path := range []string{"/", "/webhook/", "/WEBHOOK", "/webhook/../actions", "/..%2f..%2fetc/passwd", "/actions/..", "/debug/pprof/", "/metrics", "/%00", "/health?x=" + strings.Repeat("x", 8000)} {
		all = append(all, request{name: "path " + path[:min(len(path), 30)], tries: "A path that is not there.", method: http.MethodGet, path: path, want: []int{200, 404, 405, 400, 431}})
	}
	for _, method := range []string{"GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECTED", "PROPFIND"} {
		all = append(all, request{name: "method " + method, tries: "A method that is not there.", method: method, body: good, want: []int{404, 405, 501, 400}})
	}
	return all
}
