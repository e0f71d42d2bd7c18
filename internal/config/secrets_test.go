package config

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// What must not show, and what may, because a log without it would be of no use.
func TestWhatIsSecret(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"token: ${KEY}":              {"sesame-1", "sesame-1"},
		"token: plain-token":         {"plain-token"},
		"basic_auth: 'u:${KEY}'":     {"sesame-1", "u:sesame-1"},
		"host: ${HOST}":              nil,
		"log_file: ${HOST}":          nil,
		"host: ${file:pw}":           {"hush-hush"},
		"port: ${PORT}":              nil,
		"timezone: UTC":              nil,
		"on_error: {text: '${KEY}'}": nil,
		"env: [KEY]":                 nil,
		"http: {a: {url: 'https://b/${KEY}?k=${USER_NAME}'}}":                                   {"annika", "sesame-1"},
		"http: {a: {url: 'https://${HOST}:${PORT}/'}}":                                          nil,
		"http: {a: {url: 'https://u:p%40ss@b'}}":                                                {"p%40ss", "p@ss"},
		"http: {a: {url: 'HTTPS://u:pass@b'}}":                                                  {"pass", "pass"},
		"http: {a: {url: 'https://b', bearer: abc}}":                                            {"abc"},
		"http: {a: {url: 'https://b', bearer: '${KEY}x'}}":                                      {"sesame-1", "sesame-1x"},
		"http: {a: {url: 'https://b', headers: {A: plain, B: 'Key ${KEY}'}}}":                   {"Key sesame-1", "plain", "sesame-1"},
		"http: {a: {url: 'https://b', basic_auth: {username: '${USER_NAME}', password: pass}}}": {"YW5uaWthOnBhc3M=", "annika", "pass"},
		"sql: {a: {url: 'postgres://${USER_NAME}:${KEY}@${HOST}/x'}}":                           {"sesame-1", "sesame-1", "sesame-1"},
		"sql: {a: {url: '${DSN}'}}":                                                             {"opensesame", "opensesame", "postgres://ann:opensesame@db/shop?sslmode=disable"},
		"sql: {a: {url: 'mysql://u@h/d?x=${KEY}'}}":                                             {"sesame-1"},
		"kv: {url: 'redis://:${KEY}@h'}":                                                        {"sesame-1", "sesame-1", "sesame-1"},
		"kv: {url: 'file:${HOST}.db'}":                                                          nil,
	} {
		got := slices.Sorted(slices.Values(parse(t, text).Secrets()))
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestServeNamesAllSecrets(t *testing.T) {
	t.Parallel()
	s := settings()
	s.Token, s.BasicAuth, s.AuthHeader, s.File = "the-token", "ann:pass", "X-Key: value", parse(t, "http: {a: {url: 'https://b', bearer: borne}}")
	all := s.Secrets()
	for _, want := range []string{"the-token", "pass", "ann:pass", "YW5uOnBhc3M=", "value", "borne"} {
		if !slices.Contains(all, want) {
			t.Errorf("%q lacks %s", all, want)
		}
	}
}

func TestFilesDontShowSecrets(t *testing.T) {
	t.Parallel()
	f := parse(t, strings.Replace(sample, "env: [KEY, EMPTY, ABSENT]", "", 1))
	encoded, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(encoded), fmt.Sprint(f.HTTP, f.SQL, f.KV, f.HTTP["snow"].BasicAuth), fmt.Sprintf("%+v %#v", f.HTTP, f.SQL)} {
		for _, secret := range []string{"sesame", "hush", "plain-value"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s in %s", secret, text)
			}
		}
	}
}

// A wrong value of a flag that came from the file is told with its place there.
func TestBlame(t *testing.T) {
	t.Parallel()
	s := settings()
	s.File = parse(t, "max_calls: 0\nport: 1")
	s.MaxCalls, s.Timeout = 0, 0
	if s.File.Value("max-calls") != "0" {
		t.Fatal("no value")
	}
	err := s.Check()
	want := "--timeout: must be more than 0, such as 10s, and it is 0s\nconf/luaction.yml:1:12: max_calls must be 1 or more, and it is 0"
	if err == nil || err.Error() != want {
		t.Errorf("%v\nwant %s", err, want)
	}
}
