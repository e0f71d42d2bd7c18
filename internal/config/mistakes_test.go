package config

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
)

// Each mistake with the message after the file's name, and all of it.
func TestMistakes(t *testing.T) {
	t.Parallel()
	const must = " must be names with values, such as "
	for text, want := range map[string]string{
		// the file
		"- a":              "1:1: the file must hold names with values, such as timeout: 10s, and it is a list",
		"just text":        "1:1: the file must hold names with values, such as timeout: 10s, and it is a text",
		"a: b\n---\nc: d":  "2:1: a second document begins here; a configuration is one",
		"port: 1\n\tx: 2":  "2:1: this is no YAML: found a tab character that violates indentation",
		"port: [1\nx: y":   "1:1: this is no YAML: did not find expected ',' or ']'",
		"port: *none":      "1:1: this is no YAML: unknown anchor 'none' referenced",
		"host: \x00":       "1:1: this is no YAML: control characters are not allowed",
		"\x7fELF\x02\x01":  "1:1: this is no YAML: control characters are not allowed",
		"host: \"\xff\xfe": "1:1: this is no YAML: invalid leading UTF-8 octet",
		// names
		"prot: 5":                   `1:1: unknown key "prot"; did you mean "port"?`,
		"max-calls: 5":              `1:1: unknown key "max-calls"; did you mean "max_calls"?`,
		"Port: 5":                   `1:1: unknown key "Port"; did you mean "port"?`,
		"config: x":                 `1:1: unknown key "config"`,
		"zzzzzzzz: 1":               `1:1: unknown key "zzzzzzzz"`,
		"port: 1\nhost: x\nport: 2": "3:1: port is given twice; first in line 1",
		"1: x":                      "1:1: a name must be a text, and it is the number 1; put it in quotes if it is meant as one",
		"? [a]\n: x":                "1:3: a name must be a text, and it is a list; put it in quotes if it is meant as one",
		"kv: { <<: x }":             "1:11: << must name a table, and it is a text",
		"kv: { urll: x }":           `1:7: unknown key "urll" in kv; did you mean "url"?`,
		"sql: { a: { url: 'sqlite:a', pool: 5 } }": `1:30: unknown key "pool" in sql.a; known here are max_connections, read_only, timeout, url`,
		// types of flags
		"port: many":       `1:7: port must be a whole number between 0 and 65535, and it is "many"`,
		"port: '5'":        `1:7: port must be a whole number between 0 and 65535, and it is "5"`,
		"port: 70000":      "1:7: port must be a whole number between 0 and 65535, and it is the number 70000",
		"port: 5.5":        "1:7: port must be a whole number between 0 and 65535, and it is the number 5.5",
		"port: ${KEY}":     "1:7: port must be a whole number between 0 and 65535, and it is something else",
		"port:":            "1:6: port must be a whole number between 0 and 65535, and it is nothing",
		"max_calls: -1":    "1:12: max_calls must be a whole number of 0 or more, and it is the number -1",
		"reload: yes":      `1:9: reload must be true or false, and it is "yes"`,
		"reload: 1":        "1:9: reload must be true or false, and it is the number 1",
		"timeout: 5":       "1:10: timeout must be a time with its unit, such as 5s or 500ms, and it is the number 5; write 5s for seconds",
		"timeout: soon":    `1:10: timeout must be a time with its unit, such as 5s or 500ms, and it is "soon"`,
		"timeout: -5s":     `1:10: timeout must be more than 0, and it is "-5s"`,
		"timeout: 0s":      `1:10: timeout must be more than 0, and it is "0s"`,
		"timeout: [5s]":    "1:10: timeout must be a time with its unit, such as 5s or 500ms, and it is a list",
		"max_body: lots":   `1:11: max_body must be a size, such as 32MiB, and it is "lots"`,
		"max_body: 1.5":    "1:11: max_body must be a size, such as 32MiB, and it is the number 1.5",
		"memory: true":     "1:9: memory must be a size, such as 32MiB, and it is true",
		"host: 5":          "1:7: host must be a text, and it is the number 5; put it in quotes",
		"host: 2020-01-01": "1:7: host must be a text, and it is a date; put it in quotes",
		"host: !mine x":    "1:7: host must be a text, and it is of the type !mine; put it in quotes",
		"host:":            "1:6: host must be a text, and it is nothing",
		"scripts: {}":      "1:10: scripts must be a text, and it is a table with names",
		"scripts: ''":      "1:10: scripts must be a path, and it is empty",
		"log_format: xml":  `1:13: log_format must be one of auto, text, json, and it is "xml"`,
		"cors: { a: b }":   `1:7: cors must be a list, such as ["https://chat.example.org"], and it is a table with names`,
		"cors: [a, 5]":     "1:11: cors[2] must be a text, and it is the number 5; put it in quotes",
		"token: 12345":     "1:8: token must be a text, and it is the number 12345; put it in quotes",
		"token: ''":        "1:8: token is empty",
		"token: ${EMPTY}":  "1:8: token is empty",
		// ${…}
		"host: a${NONE}":      "1:7: host needs the environment variable NONE, which isn't set",
		"host: ${BAD}":        "1:7: host needs the environment variable BAD, whose value is no UTF-8",
		"host: ${file:none}":  "1:7: host needs a file: there is no file conf/none",
		"host: ${file:empty}": "1:7: host needs what is in conf/empty, which is empty",
		"host: ${file:bin}":   "1:7: host needs what is in conf/bin, which is no UTF-8 text",
		"host: ${file:}":      "1:7: host has ${file:} without a path; write ${file:PATH}",
		"host: ${KEY":         "1:7: host has a ${ without its }; write ${NAME}, or $$ for a $",
		"host: ${KEY:-x}":     "1:7: host has ${KEY:-x}, which names no environment variable; write ${NAME}, ${file:PATH}, or $$ for a $",
		"host: ${}":           "1:7: host has ${}, which names no environment variable; write ${NAME}, ${file:PATH}, or $$ for a $",
		"timezone: ${NONE}":   "1:11: timezone needs the environment variable NONE, which isn't set",
		"kv:\n  url: ${NONE}": "2:8: kv.url needs the environment variable NONE, which isn't set",
		"env: ['${NONE}']":    "1:7: env[1] needs the environment variable NONE, which isn't set",
		// time zone, env, hosts
		"timezone: Europe/Berln":             `1:11: timezone must be a time zone of the IANA database, such as Europe/Berlin or UTC, and it is "Europe/Berln"`,
		"timezone: Local":                    `1:11: timezone must be a time zone of the IANA database, such as Europe/Berlin or UTC, and it is "Local"`,
		"timezone: ../../etc":                `1:11: timezone must be a time zone of the IANA database, such as Europe/Berlin or UTC, and it is "../../etc"`,
		"timezone: ''":                       `1:11: timezone must be a time zone of the IANA database, such as Europe/Berlin or UTC, and it is ""`,
		"env: SHOP":                          "1:6: env must be a list, such as [SHOP_NAME], and it is a text",
		"env: [a b]":                         `1:7: env[1] must be the name of an environment variable, such as SHOP_NAME, and it is "a b"`,
		"http_allow: ['https://a.example/']": `1:14: http_allow[1] must be a host, such as api.example.org or *.example.net, and it is "https://a.example/"`,
		"http_allow: [a.*.example]":          `1:14: http_allow[1] must be a host, such as api.example.org or *.example.net, and it is "a.*.example"`,
		// http
		"http: [a]":                             "1:7: http" + must + `shop: { url: "https://shop.example.org/api" }, and it is a list`,
		"http: { a: 'https://b' }":              "1:12: http.a" + must + `{ url: "https://shop.example.org/api" }, and it is a text`,
		"http: { a: {} }":                       `1:12: http.a has no url; write for example url: "https://shop.example.org/api"`,
		"http: { a: }":                          `1:12: http.a has no url; write for example url: "https://shop.example.org/api"`,
		"http: { https: { url: 'https://a' } }": `1:9: "https" can't be a service's name: write letters, digits, - and _, a letter first, and not http or https`,
		"http: { 'a b': { url: 'https://a' } }": `1:9: "a b" can't be a service's name: write letters, digits, - and _, a letter first, and not http or https`,
		"http: { a: { url: 'ftp://b' } }":       `1:19: http.a.url must be http:// or https:// with a host, and it is "ftp://b"`,
		"http: { a: { url: 'https://' } }":      `1:19: http.a.url must be http:// or https:// with a host, and it is "https://"`,
		"http: { a: { url: 'https://u:p#w@b' } }": "1:19: http.a.url must be http:// or https:// with a host, and it is something else; " +
			"special characters in a password are written as %40 for @, %2F for /, %3A for :",
		"http: { a: { url: '${KEY}' } }": "1:19: http.a.url must be http:// or https:// with a host, and it is something else",
		"http: { a: { url: 'https://b', bearer: x, basic_auth: { username: u, password: p } } }": "1:12: http.a has both basic_auth and bearer; give one of them",
		"http: { a: { url: 'https://b', basic_auth: { username: u } } }":                         "1:44: http.a.basic_auth has no password",
		"http: { a: { url: 'https://b', basic_auth: { username: 'u:', password: p } } }":         "1:56: http.a.basic_auth.username can't have a colon in it",
		"http: { a: { url: 'https://b', basic_auth: 'u:p' } }":                                   "1:44: http.a.basic_auth" + must + `{ username: bot, password: "${SHOP_PASSWORD}" }, and it is a text`,
		"http: { a: { url: 'https://b', headers: { 'X Y': z } } }":                               `1:43: "X Y" can't be a header's name; write for example X-Api-Key`,
		"http: { a: { url: 'https://b', headers: { X-Y: z, x-y: z } } }":                         "1:51: x-y is the same header as X-Y",
		"http: { a: { url: 'https://b', headers: { X-Y: \"a\\nb\" } } }":                         "1:48: http.a.headers.X-Y has a line break or another control character in it, which a header can't have",
		"http: { a: { url: 'https://b', headers: { X-Y: 5 } } }":                                 "1:48: http.a.headers.X-Y must be a text, and it is the number 5; put it in quotes",
		"http: { a: { url: 'https://b', timeout: 5 } }":                                          "1:41: http.a.timeout must be a time with its unit, such as 5s or 500ms, and it is the number 5; write 5s for seconds",
		// sql, kv
		"sql: { a: { read_only: true } }":                     `1:11: sql.a has no url; write for example url: "sqlite:profile.db"`,
		"sql: { a: { url: 'oracle://b' } }":                   `1:18: sql.a.url must be "sqlite:FILE", "postgres://…" or "mysql://…", and it is "oracle://b"`,
		"sql: { a: { url: 'sqlite:' } }":                      `1:18: sql.a.url must be "sqlite:FILE", "postgres://…" or "mysql://…", and it is "sqlite:"`,
		"sql: { a: { url: 'postgres://u:p w@/d' } }":          `1:18: sql.a.url must be "sqlite:FILE", "postgres://…" or "mysql://…", and it is something else; special characters in a password are written as %40 for @, %2F for /, %3A for :`,
		"sql: { a: { url: 'sqlite:a', max_connections: 0 } }": "1:47: sql.a.max_connections must be a whole number between 1 and 10000, and it is the number 0",
		"sql: { a: { url: 'sqlite:a', read_only: 'true' } }":  `1:41: sql.a.read_only must be true or false, and it is "true"`,
		"kv: memory":       "1:5: kv" + must + "{ url: memory }, and it is a text",
		"kv: { url: mem }": `1:12: kv.url must be memory, "file:FILE", "redis://…" or "rediss://…", and it is "mem"`,
		// actions and on_error
		"actions: [a]":                            "1:10: actions" + must + "action_slow: { timeout: 25s }, and it is a list",
		"actions: { a: { timeot: 5s } }":          `1:17: unknown key "timeot" in actions.a; did you mean "timeout"?`,
		"actions: { a: { domain: nevr } }":        `1:25: actions.a.domain must be auto, needed or never, and it is "nevr"; did you mean never?`,
		"actions: { a: { domain: false } }":       "1:25: actions.a.domain must be a text, and it is false; put it in quotes",
		"actions: { a: { on_error: sorry } }":     "1:27: actions.a.on_error" + must + "{ response: utter_sorry }, and it is a text",
		"actions: { a: { timeout: 0s } }":         `1:26: actions.a.timeout must be more than 0, and it is "0s"`,
		"on_error: true":                          "1:11: on_error" + must + "{ response: utter_sorry }, and it is true",
		"on_error: {}":                            `1:11: on_error says nothing; write for example { response: utter_sorry } or { text: "Sorry." }`,
		"on_error: { txt: a }":                    `1:13: unknown key "txt" in on_error; did you mean "text"?`,
		"on_error: { text: '' }":                  "1:19: on_error.text is empty",
		"on_error: { response: [a] }":             "1:23: on_error.response must be a text, and it is a list",
		"on_error: { buttons: { title: a } }":     "1:22: on_error.buttons must be a list of tables, and it is a table with names",
		"on_error: { buttons: [a] }":              "1:23: on_error.buttons must be a list of tables, and one item is a text",
		"on_error: { json_message: { a: .nan } }": "1:32: on_error.json_message.a can't be written as JSON: it is the number .nan",
	} {
		_, err := Parse("conf/luaction.yml", []byte(text), around())
		if want = "conf/luaction.yml:" + want; err == nil || err.Error() != want {
			t.Errorf("%s\n got %v\nwant %s", text, err, want)
		}
		var wrong *UsageError
		if !errors.As(err, &wrong) {
			t.Errorf("%s: %T is no usage error", text, err)
		}
	}
}

func TestAllMistakesInOrder(t *testing.T) {
	t.Parallel()
	_, err := Parse("l.yml", []byte("kv: { url: x }\nprot: 5\nenv: 5\nport: x"), around())
	got := regexp.MustCompile(`(?m)^l\.yml:(\d+):`).FindAllStringSubmatch(err.Error(), -1)
	if len(got) != 4 || got[0][1] != "1" || got[3][1] != "4" {
		t.Errorf("%v", err)
	}
	_, err = Parse("l.yml", []byte(strings.Repeat("env: [5, 6, 7]\n", 1)+"cors: ["+strings.Repeat("5, ", 100)+"]"), around())
	if lines := strings.Split(err.Error(), "\n"); len(lines) != maxMistakes+1 || !strings.HasSuffix(lines[maxMistakes], "there are 83 further mistakes") {
		t.Errorf("%v", err)
	}
}

func hostile() map[string]string {
	laughs := "x0: &x0 [l, l, l, l, l, l, l, l, l, l]\n"
	for i := 1; i < 10; i++ {
		laughs += fmt.Sprintf("x%d: &x%d [%s]\n", i, i, strings.Repeat(fmt.Sprintf("*x%d, ", i-1), 10))
	}
	return map[string]string{
		"more than 50000 values":        laughs,
		"is larger than 1 MiB":          strings.Repeat("# ten bytes\n", 1<<20),
		"nested deeper than 50 levels":  "env: " + strings.Repeat("[", 1000) + strings.Repeat("]", 1000),
		"deeper than 50":                "a: &a [*a]",
		"deeper than 50 ":               "a: &a { <<: *a, b: c }",
		"this is no YAML":               strings.Repeat("[", 1<<20),
		"this is no YAML: ":             strings.Repeat("- ", 1<<19),
		"no YAML: control":              strings.Repeat("\x00\x01\x02\x80", 1000),
		"more than 50000 ":              "env: [" + strings.Repeat("a,", 100_000) + "]",
		"may have at most 8 MiB":        "on_error: { json_message: [&a '${file:huge}'" + strings.Repeat(", *a", 100) + "] }",
		"unknown key \"xxxxxxxxxxxxxxx": strings.Repeat("x", 1000) + ": 1",
	}
}

func TestHostile(t *testing.T) {
	t.Parallel()
	for want, text := range hostile() {
		_, err := Parse("l.yml", []byte(text), Surroundings{Env: around().Env, Read: func(string) ([]byte, error) { return around().Read("conf/huge") }})
		if err == nil || !strings.Contains(err.Error(), strings.TrimSpace(want)) || len(err.Error()) > 5000 {
			t.Errorf("%.40q: %.300v, want %s", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	for _, text := range hostile() {
		if len(text) < 10_000 {
			f.Add(text)
		}
	}
	for _, seed := range []string{"http: { a: { url: 'https://u:${KEY}@b/${file:pw}?${KEY}', headers: { A: $${KEY} } } }", "<<: {a: b}\n<<: [x]", "? {a: b}\n: c",
		"port: !!int '5'\nhost: !!binary aGk=", "kv: &k { url: *k }", "on_error: {json_message: {a: [0o17, 1e999, ~, 2020-01-01, 99999999999999999999]}}",
		"sql: {a: {url: 'mysql://u:%zz@h/${DSN}'}}", "%YAML 1.1\n---\nport: 1\n...\n", "timeout: 9999999999999h", "host: \"\\ud800\""} {
		f.Add(seed)
	}
	place := regexp.MustCompile(`^l\.yml:(\d+:\d+: .|\d+ further| there are \d+ further)`)
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Parse("l.yml", []byte(text), around())
		if err == nil {
			if len(file.OnError) > 0 && !strings.HasPrefix(string(file.OnError), `{"events":[],"responses":[{"text":`) {
				t.Errorf("%s", file.OnError)
			}
			return
		}
		for line := range strings.Lines(err.Error()) {
			if !place.MatchString(line) {
				t.Errorf("%q has no place", line)
			}
		}
		for _, secret := range []string{"sesame-1", "opensesame", "hush-hush"} {
			if strings.Contains(err.Error(), secret) && !strings.Contains(text, secret) {
				t.Errorf("a secret shows in %v", err)
			}
		}
	})
}
