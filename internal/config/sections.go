package config

import (
	"strings"
	"time"
	_ "time/tzdata" // images have no zones

	"go.yaml.in/yaml/v3"

	"github.com/luaction/luaction/spell"
)

// file reads the whole of it.
func (r *reader) file(root *yaml.Node, f *File) {
	known := map[string]func(setting){
		"http":       func(v setting) { f.HTTP = r.services(v) },
		"http_allow": func(v setting) { f.HTTPAllow = r.hosts(v) },
		"sql":        func(v setting) { f.SQL = r.databases(v) },
		"kv":         func(v setting) { r.kv(v, &f.KV) },
		"env":        func(v setting) { f.Env = r.variables(v) },
		"timezone":   func(v setting) { r.timezone(v, f) },
		"on_error":   func(v setting) { f.OnError = r.onError(v) },
		"actions":    func(v setting) { f.Actions = r.actions(v) },
	}
	for key, field := range flagKeys() {
		known[key] = func(v setting) { r.flag(v, field, f) }
	}
	top := setting{root, ""}
	if root.Kind != yaml.MappingNode && !isNull(root) {
		r.say(root, "the file must hold names with values, such as timeout: 10s, and it is %s", kind(root))
		return
	}
	r.table(top, "timeout: 10s", known)
}

func (r *reader) timezone(v setting, f *File) {
	t, ok := r.text(v, false)
	if !ok {
		return
	}
	zone, err := time.LoadLocation(t.value)
	if err != nil || t.value == "" || t.value == "Local" {
		r.fault(v, "must be a time zone of the IANA database, such as Europe/Berlin or UTC, and it is %s", t.show())
		return
	}
	f.Location = zone
}

// hosts reads what scripts may name in full URLs: a host, or * and a dot for all hosts below one.
func (r *reader) hosts(v setting) []string {
	var hosts []string
	r.texts(v, `["api.example.org", "*.example.net"]`, func(item setting, t text) {
		host := strings.TrimPrefix(t.value, "*.")
		if host == "" || strings.ContainsAny(host, "*/?#@ \t\r\n") {
			r.fault(item, "must be a host, such as api.example.org or *.example.net, and it is %s", t.show())
			return
		}
		hosts = append(hosts, t.value)
	})
	return hosts
}

// variables reads the names that env.get may ask for, and what they hold now.
func (r *reader) variables(v setting) []Variable {
	var list []Variable
	r.texts(v, "[SHOP_NAME]", func(item setting, t text) {
		if !isVariable(t.value) {
			r.fault(item, "must be the name of an environment variable, such as SHOP_NAME, and it is %s", t.show())
			return
		}
		value, set := r.around.Env(t.value)
		list = append(list, Variable{t.value, value, set})
	})
	return list
}

// oneOf reads one of a few words.
func (r *reader) oneOf(v setting, words ...string) string {
	t, ok := r.text(v, false)
	if !ok {
		return ""
	}
	for _, word := range words {
		if t.value == word {
			return word
		}
	}
	advice := ""
	if near := spell.Nearest(t.value, words); near != "" {
		advice = "; did you mean " + near + "?"
	}
	r.fault(v, "must be %s, and it is %s%s", strings.Join(words[:len(words)-1], ", ")+" or "+words[len(words)-1], t.show(), advice)
	return ""
}
