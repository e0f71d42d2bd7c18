package httpclient

import (
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

func services(t testing.TB) *Client {
	return client(t, Options{
		Services: map[string]Service{
			"snow": {URL: "https://snow.example.org/api/now/"},
			"key":  {URL: "http://10.0.0.5:8080?api_key=geheim"},
		},
		Allow: []string{"api.example.org", "*.example.net", "port.example:8080", "[fd00::1]:80", "Fancy.Example."},
	})
}

func TestTargets(t *testing.T) {
	t.Parallel()
	c := services(t)
	for _, row := range []struct{ text, url, shown string }{
		{"snow:/table/incident", "https://snow.example.org/api/now/table/incident", "snow:/table/incident"},
		{"snow:/", "https://snow.example.org/api/now/", "snow:/"},
		{"snow:/a?b=c&d=e f#g", "https://snow.example.org/api/now/a?b=c&d=e%20f", "snow:/a"},
		{"snow:/a%2Fb/ü x", "https://snow.example.org/api/now/a%2Fb/%C3%BC%20x", "snow:/a%2Fb/ü x"},
		{"key:/x", "http://10.0.0.5:8080/x?api_key=geheim", "key:/x"},
		{"key:/x?y=1", "http://10.0.0.5:8080/x?api_key=geheim&y=1", "key:/x"},
		{"https://api.example.org", "https://api.example.org", "https://api.example.org"},
		{"HTTPS://API.Example.ORG./x?secret=1#y", "https://api.example.org/x?secret=1", "https://api.example.org/x"},
		{"http://a.b.example.net:81/x", "http://a.b.example.net:81/x", "http://a.b.example.net:81/x"},
		{"http://port.example:8080/", "http://port.example:8080/", "http://port.example:8080/"},
		{"http://[fd00::1]/", "http://[fd00::1]/", "http://[fd00::1]/"},
		{"http://fancy.example/", "http://fancy.example/", "http://fancy.example/"},
	} {
		got, err := c.Target(row.text)
		if err != nil {
			t.Errorf("%s: %v", row.text, err)
			continue
		}
		if got.url.String() != row.url || got.Shown != row.shown {
			t.Errorf("%s: %s shown as %s, want %s as %s", row.text, got.url, got.Shown, row.url, row.shown)
		}
	}
}

func TestWrongTargets(t *testing.T) {
	t.Parallel()
	c := services(t)
	for _, row := range []struct{ text, err string }{
		{"", `url "" has no service's name and no https:// before it; write for example "key:/path"`},
		{"/table", `url "/table" has no service's name and no https:// before it; write for example "key:/path"`},
		{"www.example.org/x", `write "https://www.example.org/x"`},
		{"snwo:/x", `there is no service "snwo"; did you mean "snow"?`},
		{"weather:/x", `there is no service "weather"; the configuration names key, snow`},
		{"localhost:8080/x", `there is no service "localhost"`},
		{"snow:table?secret=1", `url "snow:table": a name is followed by ":/", write "snow:/table"`},
		{"snow://table", `a name is followed by ":/", write "snow:/table"`},
		{"snow:/../admin", `has ".." in its path`},
		{"snow:/a/%2e%2E/b", `has ".." in its path`},
		{"snow:/a/..%5cb", `has ".." in its path`},
		{"snow:/%zz", "has a % that isn't followed by two hex digits"},
		{"snow:/a\r\nHost: x", "has a line break"},
		{"snow:/" + strings.Repeat("x", MaxURL), "longer than 16 KiB"},
		{"ftp://api.example.org/", `there is no service "ftp"`},
		{"file:///etc/passwd", `there is no service "file"`},
		{"http:/api.example.org", "no host"},
		{"http://", "no host"},
		{"http:api.example.org", "must begin with http:// or https://"},
		{"https://api.example.org:99999/", "a port that is none"},
		{"https://api.example.org:/", "a port that is none"},
		{"https://user:secret@api.example.org/", "write auth = { user, password }"},
		{"https://example.net/", "the host example.net is not one that scripts may ask"},
		{"https://example.org/?secret", `the host example.org is not one that scripts may ask; whoever runs the server adds it to http_allow, or as a service under http; services are asked by name: "key:/…"`},
		{"http://port.example/", "not one that scripts may ask"},
		{"https://snow.example.org/", "not one that scripts may ask"},
		{"https://api.example.org@evil.example/", "write auth"},
		{"https://api.example.org\\@evil.example/", "is no address"},
		{"https://evil.example/?api.example.org", "not one that scripts may ask"},
		{"https://müller.example.net/", "write it as browsers send it, with xn--"},
		{"https://notexample.net/", "not one that scripts may ask"},
		{"https://api.example.org%00.evil.example/", "no address"},
	} {
		got, err := c.Target(row.text)
		if err == nil {
			t.Errorf("%s is taken: %s", row.text, got.url)
		} else if !strings.Contains(err.Error(), row.err) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%.60s: %v, want %s", row.text, err, row.err)
		}
	}
	none := client(t, Options{})
	for text, want := range map[string]string{
		"snow:/x":              "the configuration names none; services are listed under http in luaction.yml",
		"https://example.org/": "http_allow in the configuration is empty",
	} {
		if _, err := none.Target(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestWrongOptions(t *testing.T) {
	t.Parallel()
	const hidden = "geheim"
	for _, row := range []struct {
		o   Options
		err string
	}{
		{Options{Services: map[string]Service{"s": {}}}, "http.s.url: must begin with http:// or https://; it must be an address"},
		{Options{Services: map[string]Service{"s": {URL: "ftp://x/" + hidden}}}, "http.s.url: must begin with http:// or https://; it must be an address"},
		{Options{Services: map[string]Service{"s": {URL: "https://müller.example/" + hidden}}}, "http.s.url: has a host with other letters"},
		{Options{Services: map[string]Service{"s": {URL: "https://x/%zz" + hidden}}}, "http.s.url: must be an address"},
		{Options{Services: map[string]Service{"https": {URL: "https://x/"}}}, "http.https.a service's name"},
		{Options{Services: map[string]Service{"a b": {URL: "https://x/"}}}, "a service's name"},
		{Options{Services: map[string]Service{"s": {URL: "https://x/", Timeout: -1}}}, "http.s.timeout"},
		{Options{Services: map[string]Service{"s": {URL: "https://x/", Headers: map[string]string{"X": hidden + "\n"}}}}, `http.s.headers: the value of "X" has a line break`},
		{Options{Services: map[string]Service{"s": {URL: "https://x/", Headers: map[string]string{"Host": hidden}}}}, `http.s.headers: "Host" can't be set`},
		{Options{Services: map[string]Service{"s": {URL: "https://x/", Bearer: hidden + "\r\n"}}}, "http.s.bearer"},
		{Options{Services: map[string]Service{"s": {URL: "https://x/", Bearer: hidden, Auth: &Login{"u", hidden}}}}, "http.s.basic_auth and bearer: give one"},
		{Options{Services: map[string]Service{"s": {URL: "https://x/", CAFile: "missing.pem"}}}, "http.s.ca_file: "},
		{Options{Services: map[string]Service{"s": {URL: "https://x/", CAFile: "doc.go"}}}, "http.s.ca_file: doc.go holds no certificate"},
		{Options{Allow: []string{"ok.example", "https://x"}}, "http_allow[2]: must be a host"},
		{Options{Allow: []string{"*"}}, "http_allow[1]"},
		{Options{Allow: []string{"*.1"}}, "http_allow[1]"},
		{Options{Allow: []string{"x:0"}}, "http_allow[1]"},
		{Options{Allow: []string{"x/y"}}, "http_allow[1]"},
	} {
		_, err := New(row.o)
		if err == nil || !strings.Contains(err.Error(), row.err) || strings.Contains(err.Error(), hidden) {
			t.Errorf("%v, want %s", err, row.err)
		}
	}
}

func TestWhatIsSent(t *testing.T) {
	t.Parallel()
	s := serve(t, func(http.ResponseWriter, *http.Request) {})
	login := strings.Replace(s.URL, "http://", "http://me:pa%20ss@", 1)
	c := client(t, Options{UserAgent: "luaction/1", Services: map[string]Service{
		"s": {URL: login + "/api?key=1", Headers: map[string]string{"x-api-key": "k", "Accept": "text/csv"}},
	}})
	get(t, c, "s:/a%2Fb?x=1")
	r := s.last()
	user, password, _ := r.BasicAuth()
	if r.RequestURI != "/api/a%2Fb?key=1&x=1" || user != "me" || password != "pa ss" || r.Header.Get("X-Api-Key") != "k" || r.Header.Get("Accept") != "text/csv" ||
		r.Header.Get("Accept-Encoding") != "gzip, deflate" || r.UserAgent() != "luaction/1" || r.Header.Get("Content-Type") != "" || r.ContentLength != 0 {
		t.Errorf("%s %v", r.RequestURI, r.Header)
	}
	send(t, c, &Request{Method: "POST", Target: target(t, c, "s:/x"), Query: "b=2&a=1", Auth: &Login{"other", ""}, HasBody: true, ContentType: "text/plain",
		Headers: []Header{{"content-type", "text/xml"}, {"Accept", "a"}, {"accept", "b"}}})
	r = s.last()
	user, _, _ = r.BasicAuth()
	if r.URL.RawQuery != "key=1&b=2&a=1" || user != "other" || r.Header.Get("Content-Type") != "text/xml" || r.Header.Get("Accept") != "b" || r.Header.Get("Content-Length") != "0" {
		t.Errorf("%s %v", r.RequestURI, r.Header)
	}
}

func TestTooLarge(t *testing.T) {
	t.Parallel()
	c := services(t)
	at := target(t, c, "snow:/x")
	for want, q := range map[string]*Request{
		"the body is longer than 8 MiB":           {Method: "POST", Target: at, HasBody: true, Body: strings.Repeat("x", MaxSend+1)},
		"the address with its query is longer":    {Method: "GET", Target: at, Query: strings.Repeat("x", MaxURL)},
		"headers are longer than 64 KiB together": {Method: "GET", Target: at, Headers: []Header{{"X", strings.Repeat("x", MaxHeader)}}},
	} {
		if err := c.Check(q); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}

func TestMethods(t *testing.T) {
	t.Parallel()
	for method, want := range map[string]string{"get": "GET", "PATCH": "PATCH", "propfind": "PROPFIND", "": "", "connect": "", "TRACE": "", "GET /x": "", "G\r\n": ""} {
		if got, err := MethodOf(method); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q, %v", method, got, err)
		}
	}
}

// FuzzTarget: whatever a script writes, what is asked is a service's own host or one that is allowed, and no message shows what
// stands behind a question mark or before an at sign.
func FuzzTarget(f *testing.F) {
	for _, text := range []string{"snow:/table?x=1", "https://api.example.org/x", "http://a.example.net:81", "snow:/../x", "snow:/%2e%2e/", "https://user@api.example.org/",
		"https://api.example.org\\@evil/", "http://2130706433/", "http://[::1]:80/", "snow:/a\\..\\b", "key:/;x#y?z", "HTTP://API.EXAMPLE.ORG./", "http:/x", "snow://evil/x", "snow:/@evil"} {
		f.Add(text)
	}
	c := services(f)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := c.Target(text)
		if err != nil {
			return
		}
		parsed, err := url.Parse(got.url.String())
		if err != nil || parsed.Host != got.url.Host || parsed.User != nil {
			t.Fatalf("%q goes to %s, which reads as %v, %v", text, got.url, parsed, err)
		}
		if got.service != nil {
			home := got.service.url
			if got.url.Host != home.Host || got.url.Scheme != home.Scheme || !strings.HasPrefix(got.url.Path, home.Path+"/") || !strings.HasPrefix(parsed.Path, home.Path+"/") {
				t.Errorf("%q goes to %s", text, got.url)
			}
			for part := range strings.SplitSeq(parsed.Path, "/") {
				if part == ".." {
					t.Errorf("%q goes to %s", text, got.url)
				}
			}
		} else if !c.allows(parsed) {
			t.Errorf("%q goes to %s", text, got.url)
		} else if ip, err := netip.ParseAddr(parsed.Hostname()); err == nil && ip != netip.MustParseAddr("fd00::1") {
			t.Errorf("%q goes to %s", text, got.url)
		}
		if strings.ContainsAny(got.Shown, "?#\n\r") {
			t.Errorf("%q is shown as %q", text, got.Shown)
		}
		if _, err := http.NewRequest("GET", got.url.String(), nil); err != nil || strings.ContainsAny(got.url.RequestURI(), " \r\n\t") {
			t.Errorf("%q asks for %q: %v", text, got.url.RequestURI(), err)
		}
	})
}
