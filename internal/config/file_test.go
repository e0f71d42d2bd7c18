package config

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
)

// around is an environment and a folder of a test's own.
func around() Surroundings {
	environment := map[string]string{
		"KEY": "sesame-1", "EMPTY": "", "PORT": "6000", "FAST": "250ms", "YES": "true", "DSN": "postgres://ann:opensesame@db/shop?sslmode=disable",
		"HOST": "shop.example.org", "USER_NAME": "annika", "BAD": "\xff\xfe", "SIZE": "64MiB", "QUOTE": "a: [b, \"c\"]\n- x",
	}
	files := map[string]string{"conf/pw": "hush-hush\n", "conf/empty": "\n", "/abs/pw": "abs-secret", "conf/bin": "\xff", "pw": "up-secret",
		"conf/huge": strings.Repeat("x", 1<<20)}
	return Surroundings{
		Env: func(name string) (string, bool) { v, ok := environment[name]; return v, ok },
		Read: func(path string) ([]byte, error) {
			if text, ok := files[path]; ok {
				return []byte(text), nil
			}
			return nil, fmt.Errorf("there is no file %s", path)
		},
	}
}

func parse(t testing.TB, text string) *File {
	t.Helper()
	f, err := Parse("conf/luaction.yml", []byte(text), around())
	if err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	return f
}

const sample = `
scripts: scripts
timezone: Europe/Berlin
http:
  snow: { url: "https://${HOST}/api/now", headers: { X-Key: "k-${KEY}", X-Other: plain-value }, basic_auth: { username: bot, password: "${file:pw}" }, timeout: 7s, ca_file: ca.pem }
  shop: { url: http://127.0.0.1:8080, bearer: "${KEY}" }
http_allow: ["api.example.org", "*.example.net"]
sql:
  profile: { url: "sqlite:profile.db", max_connections: 3, read_only: true, timeout: 1s }
  orders: { url: "${DSN}" }
kv: { url: "file:kv.db" }
env: [KEY, EMPTY, ABSENT]
on_error: { response: utter_sorry }
actions:
  action_slow: { timeout: 25s, domain: never, on_error: { text: "One moment, please." } }
  action_loud: { domain: needed, on_error: false }
  action_same: {}
`

func TestSample(t *testing.T) {
	t.Parallel()
	f := parse(t, sample)
	if f.Location.String() != "Europe/Berlin" || f.Value("scripts") != "conf/scripts" || f.Value("port") != nil {
		t.Errorf("%v %v %v", f.Location, f.Value("scripts"), f.Value("port"))
	}
	for _, c := range []struct{ got, want any }{
		{f.HTTP, map[string]HTTPService{
			"snow": {URL: "https://shop.example.org/api/now", Headers: map[string]Secret{"X-Key": "k-sesame-1", "X-Other": "plain-value"},
				BasicAuth: &BasicAuth{"bot", "hush-hush"}, Timeout: 7 * time.Second, CAFile: "conf/ca.pem"},
			"shop": {URL: "http://127.0.0.1:8080", Bearer: "sesame-1", Timeout: DefaultServiceTimeout},
		}},
		{f.HTTPAllow, []string{"api.example.org", "*.example.net"}},
		{f.SQL, map[string]Database{
			"profile": {"sqlite:conf/profile.db", 3, true, time.Second},
			"orders":  {"postgres://ann:opensesame@db/shop?sslmode=disable", DefaultConnections, false, DefaultServiceTimeout},
		}},
		{f.KV, KV{"file:conf/kv.db"}},
		{f.Env, []Variable{{"KEY", "sesame-1", true}, {"EMPTY", "", true}, {"ABSENT", "", false}}},
		{string(f.OnError), said(`null`, `"utter_sorry"`)},
		{string(f.Actions["action_slow"].OnError), said(`"One moment, please."`, `null`)},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%#v\nwant %#v", c.got, c.want)
		}
	}
	slow, loud, same := f.Actions["action_slow"], f.Actions["action_loud"], f.Actions["action_same"]
	if slow.Timeout != 25*time.Second || slow.Domain != "never" || slow.Place.String() != "conf/luaction.yml:15:3" {
		t.Errorf("%+v", slow)
	}
	if loud.Domain != "needed" || loud.OnError == nil || len(loud.OnError) != 0 || same.OnError != nil || same.Domain != "auto" {
		t.Errorf("%+v %+v", loud, same)
	}
}

// said is the whole answer with one response, as dispatcher:utter_message makes it.
func said(text, response string) string {
	return `{"events":[],"responses":[{"text":` + text + `,"buttons":[],"elements":[],"custom":{},"template":` + response + `,"response":` +
		response + `,"image":null,"attachment":null}]}`
}

func TestOnError(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{ text: "Sorry, ${USER_NAME}: 5 $$" }`: said(`"Sorry, annika: 5 $"`, "null"),
		`{ text: hi, response: utter_a }`:       said(`"hi"`, `"utter_a"`),
		`{ buttons: [{ title: Again, payload: /again }], text: x }`: strings.Replace(said(`"x"`, "null"), `"buttons":[]`,
			`"buttons":[{"title":"Again","payload":"/again"}]`, 1),
		`{ json_message: { b: [1, 2.5, true, null, "ü"], a: 0x10 }, image: i.png }`: strings.NewReplacer(`"custom":{}`,
			`"custom":{"b":[1,2.5,true,null,"ü"],"a":16}`, `"image":null`, `"image":"i.png"`).Replace(said("null", "null")),
		`{ attachment: { type: video } }`: strings.Replace(said("null", "null"), `"attachment":null`, `"attachment":{"type":"video"}`, 1),
		`{ elements: [] , text: a}`:       said(`"a"`, "null"),
		`false`:                           ``,
	} {
		if got := string(parse(t, "on_error: "+text).OnError); got != want {
			t.Errorf("%s: %s\nwant %s", text, got, want)
		}
	}
}

func TestFlags(t *testing.T) {
	t.Parallel()
	f := parse(t, `
port: 6000
host: 127.0.0.1
admin: ""
timeout: 1m30s
shutdown_timeout: 0s
max_calls: 5
max_body: 1048576
max_in_flight: ${SIZE}
reload: false
debug: ${YES}
verbose: 2
cors: ["https://a.example", "https://b.example"]
token: "${KEY}"
auth_header_file: ../h
log_file: /var/log/l
log_format: json
`)
	for flag, want := range map[string]any{
		"port": "6000", "host": "127.0.0.1", "admin": "", "timeout": "1m30s", "shutdown-timeout": "0s", "max-calls": "5", "max-body": "1048576",
		"max-in-flight": "64MiB", "reload": false, "debug": true, "verbose": "2", "cors": []any{"https://a.example", "https://b.example"},
		"token": "sesame-1", "auth-header-file": "h", "log-file": "/var/log/l", "log-format": "json", "memory": nil, "quiet": nil,
	} {
		if got := f.Value(flag); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, want %#v", flag, got, want)
		}
	}
	for text, want := range map[string]any{"port: ${PORT}": "6000", "timeout: ${FAST}": "250ms", "host: a-${PORT}-b": "a-6000-b", "cors: '*'": []any{"*"},
		"host: $${PORT}": "${PORT}", "host: $x$": "$x$", "host: $$$$": "$$", `host: "${QUOTE}"`: "a: [b, \"c\"]\n- x", "host: ${file:/abs/pw}": "abs-secret",
		"host: ${file:../pw}": "up-secret", "host: ${EMPTY}": ""} {
		flag, _, _ := strings.Cut(text, ":")
		if got := parse(t, text).Value(flag); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %#v, want %#v", text, got, want)
		}
	}
}

// What comes with aliases and merge keys is as if it were written out; names of one's own win.
func TestAliases(t *testing.T) {
	t.Parallel()
	f := parse(t, `
actions:
  action_a: &slow { timeout: 20s, domain: never }
  action_b: *slow
  action_c: { <<: *slow, domain: needed }
  action_d: { <<: [*slow, { timeout: 1s }] }
`)
	for name, want := range map[string]string{"action_a": "20s never", "action_b": "20s never", "action_c": "20s needed", "action_d": "20s never"} {
		if a := f.Actions[name]; a.Timeout.String()+" "+a.Domain != want {
			t.Errorf("%s: %+v", name, a)
		}
	}
}

func TestEmptyFiles(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "\n", "# nothing\n", "---\n", "{}", "null", "http:\nsql:\nkv:\nenv:\nactions:\nhttp_allow:\n", "\ufeffkv: {}"} {
		f := parse(t, text)
		if len(f.HTTP)+len(f.SQL)+len(f.Env)+len(f.Actions) > 0 || f.KV.URL != "memory" || f.Location != time.UTC || f.OnError != nil {
			t.Errorf("%q: %+v", text, f)
		}
	}
}

func TestLoad(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(dir+"/"+name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("luaction.yml", "scripts: s\ntoken: ${file:pw}\n")
	write("pw", "open-sesame\r\n")
	write("large.yml", strings.Repeat("# ten bytes\n", 1<<20))
	f, err := Load(dir + "/luaction.yml")
	if err != nil || f.Value("scripts") != dir+"/s" || f.Value("token") != "open-sesame" {
		t.Errorf("%+v %v", f, err)
	}
	for name, want := range map[string]string{"none.yml": "--config: there is no file", "": "is a directory", "large.yml": "larger than 1 MiB"} {
		_, err := Load(dir + "/" + name)
		var wrong *UsageError
		if !errors.As(err, &wrong) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
	}
}

// Where nothing is reached, what the surroundings lack is no mistake; all others are.
func TestPartial(t *testing.T) {
	t.Parallel()
	partial := Surroundings{Partial: true,
		Env:  func(string) (string, bool) { return "", false },
		Read: func(path string) ([]byte, error) { return nil, errors.New("there is no file " + path) },
	}
	text := "timezone: Europe/Berlin\nhttp:\n  shop: { url: \"${SHOP_URL}\", bearer: \"${file:token}\" }\n" +
		"sql:\n  desk: { url: \"postgres://desk:${PASSWORD}@db/desk\" }\nkv: { url: \"${KV}\" }\n"
	f, err := Parse("l.yml", []byte(text), partial)
	if err != nil {
		t.Fatal(err)
	}
	if f.Location.String() != "Europe/Berlin" || f.HTTP["shop"].URL == "" {
		t.Errorf("%+v", f)
	}
	if _, err := Parse("l.yml", []byte(text+"colour: red\n"), partial); err == nil {
		t.Error("an unknown key is no mistake")
	}
	partial.Partial = false
	if _, err := Parse("l.yml", []byte(text), partial); err == nil || !strings.Contains(err.Error(), "SHOP_URL, which isn't set") {
		t.Errorf("%v", err)
	}
}
