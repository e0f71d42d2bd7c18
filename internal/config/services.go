package config

import (
	"encoding/base64"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// services reads the HTTP services.
func (r *reader) services(v setting) map[string]HTTPService {
	services := map[string]HTTPService{}
	for _, m := range r.members(v, `shop: { url: "https://shop.example.org/api" }`) {
		if !isServiceName(m.name) {
			r.say(m.key, "%q can't be a service's name: write letters, digits, - and _, a letter first, and not http or https", shorten(m.name))
			continue
		}
		services[m.name] = r.service(m.value)
	}
	return services
}

// isServiceName: scripts write it before a colon, as in "shop:/orders".
func isServiceName(name string) bool {
	return isVariable(strings.ReplaceAll(name, "-", "_")) && name[0] != '_' && name[0] != '-' &&
		!slices.Contains([]string{"http", "https"}, strings.ToLower(name))
}

func (r *reader) service(v setting) HTTPService {
	s := HTTPService{Timeout: DefaultServiceTimeout}
	r.table(v, `{ url: "https://shop.example.org/api" }`, map[string]func(setting){
		"url":        func(v setting) { s.URL = r.serviceURL(v) },
		"headers":    func(v setting) { s.Headers = r.headers(v) },
		"basic_auth": func(v setting) { s.BasicAuth = r.basicAuth(v) },
		"bearer":     func(v setting) { s.Bearer = r.headerText(v) },
		"timeout": func(v setting) {
			if d, ok := r.duration(v, false); ok {
				s.Timeout = d
			}
		},
		"ca_file": func(v setting) { s.CAFile = r.path(v) },
	})
	if r.lacks(v, "url") {
		r.fault(v, `has no url; write for example url: "https://shop.example.org/api"`)
	}
	if s.BasicAuth != nil && s.Bearer != "" {
		r.fault(v, "has both basic_auth and bearer; give one of them")
	}
	return s
}

// lacks says whether a table doesn't have a name. What is no table was told of already.
func (r *reader) lacks(v setting, name string) bool {
	if !isNull(v.node) && v.node.Kind != yaml.MappingNode {
		return false
	}
	quiet := reader{name: r.name}
	return !slices.ContainsFunc(quiet.members(v, ""), func(m member) bool { return m.name == name })
}

func (r *reader) serviceURL(v setting) Secret {
	t, ok := r.text(v, false)
	if !ok && r.around.Partial {
		return "http://not-set.invalid" // nobody asks it, and the service has its name
	}
	if !ok {
		return ""
	}
	u, err := url.Parse(t.value)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.Opaque != "" || u.Fragment != "" {
		r.badURL(v, t, "must be http:// or https:// with a host")
		return ""
	}
	r.keepURL(t, u, true)
	return Secret(t.value)
}

// badURL tells of a URL without showing what may be a password in it.
func (r *reader) badURL(v setting, t text, must string) {
	got := t.show()
	if strings.Contains(t.value, "@") {
		got = "something else; special characters in a password are written as %40 for @, %2F for /, %3A for :"
	}
	r.fault(v, "%s, and it is %s", must, got)
}

// keepURL notes the secrets of a URL: the password, and what came from ${…}, except as its scheme and host. secretPath is false
// where path and user say only which database, as whom; nobody would hide these from a log.
func (r *reader) keepURL(t text, u *url.URL, secretPath bool) {
	password, has := u.User.Password()
	if has {
		r.keep(password)
		_, rest, _ := strings.Cut(t.value, "://")
		_, rest, _ = strings.Cut(rest, ":")
		if rest = before(rest, "/?#"); strings.Contains(rest, "@") {
			r.keep(rest[:strings.LastIndexByte(rest, '@')]) // as written: maybe with %40
		}
	}
	for _, s := range t.spans {
		part := t.value[s.start:s.end]
		switch {
		case s.file || s.start == 0 && s.end == len(t.value):
		case part == u.Scheme, part == u.Hostname(), part == u.Host, part == u.Port():
			continue
		case !secretPath && (part == u.User.Username() || part == strings.Trim(u.Path, "/")):
			continue
		}
		r.keep(part)
	}
}

// before is a text up to the first of some characters.
func before(text, stops string) string {
	if i := strings.IndexAny(text, stops); i >= 0 {
		return text[:i]
	}
	return text
}

func (r *reader) headers(v setting) map[string]Secret {
	headers, seen := map[string]Secret{}, map[string]string{}
	for _, m := range r.members(v, `{ X-Api-Key: "${SHOP_KEY}" }`) {
		if !isHeaderName(m.name) {
			r.say(m.key, "%q can't be a header's name; write for example X-Api-Key", shorten(m.name))
			continue
		}
		if other, double := seen[strings.ToLower(m.name)]; double {
			r.say(m.key, "%s is the same header as %s", shorten(m.name), shorten(other))
			continue
		}
		seen[strings.ToLower(m.name)] = m.name
		headers[m.name] = r.headerText(m.value)
	}
	return headers
}

// headerText reads the value of a header.
func (r *reader) headerText(v setting) Secret {
	s := r.secret(v)
	if strings.ContainsFunc(string(s), func(c rune) bool { return c < ' ' && c != '\t' || c == 0x7f }) {
		r.fault(v, "has a line break or another control character in it, which a header can't have")
	}
	return s
}

func (r *reader) basicAuth(v setting) *BasicAuth {
	auth := &BasicAuth{}
	r.table(v, `{ username: bot, password: "${SHOP_PASSWORD}" }`, map[string]func(setting){
		"username": func(v setting) {
			t, _ := r.text(v, true)
			if auth.Username = t.value; strings.Contains(t.value, ":") {
				r.fault(v, "can't have a colon in it")
			}
		},
		"password": func(v setting) { // an empty one is usual where the user is the key
			t, _ := r.text(v, true)
			r.keep(t.value)
			auth.Password = Secret(t.value)
		},
	})
	for _, name := range []string{"username", "password"} {
		if r.lacks(v, name) {
			r.fault(v, "has no %s", name)
		}
	}
	r.keep(base64.StdEncoding.EncodeToString([]byte(auth.Username + ":" + string(auth.Password))))
	return auth
}

// databases reads the SQL databases.
func (r *reader) databases(v setting) map[string]Database {
	databases := map[string]Database{}
	for _, m := range r.members(v, `profile: { url: "sqlite:profile.db" }`) {
		if m.name == "" {
			r.say(m.key, "a database needs a name")
			continue
		}
		databases[m.name] = r.database(m.value)
	}
	return databases
}

func (r *reader) database(v setting) Database {
	d := Database{MaxConnections: DefaultConnections, Timeout: DefaultServiceTimeout}
	r.table(v, `{ url: "sqlite:profile.db" }`, map[string]func(setting){
		"url": func(v setting) {
			d.URL = r.storeURL(v, `must be "sqlite:FILE", "postgres://…" or "mysql://…"`, "sqlite", "postgres", "postgresql", "mysql")
		},
		"max_connections": func(v setting) {
			if n, ok := r.whole(v, 1, 10_000); ok {
				d.MaxConnections = n
			}
		},
		"read_only": func(v setting) { d.ReadOnly, _ = r.boolean(v) },
		"timeout": func(v setting) {
			if t, ok := r.duration(v, false); ok {
				d.Timeout = t
			}
		},
	})
	if r.lacks(v, "url") {
		r.fault(v, `has no url; write for example url: "sqlite:profile.db"`)
	}
	return d
}

func (r *reader) kv(v setting, kv *KV) {
	r.table(v, "{ url: memory }", map[string]func(setting){
		"url": func(v setting) {
			if t, err := r.expand(v.node.Value); err == nil && t.value == "memory" {
				return
			}
			kv.URL = r.storeURL(v, `must be memory, "file:FILE", "redis://…" or "rediss://…"`, "file", "redis", "rediss")
		},
	})
}

// storeURL reads where a database or store is. The first scheme is that of a file.
func (r *reader) storeURL(v setting, must string, schemes ...string) Secret {
	t, ok := r.text(v, false)
	if !ok {
		return ""
	}
	if path, ok := strings.CutPrefix(t.value, schemes[0]+":"); ok {
		if path == "" || strings.HasPrefix(path, "//") {
			r.badURL(v, t, must)
			return ""
		}
		if path != ":memory:" && !filepath.IsAbs(path) {
			path = r.relative(path)
		}
		return Secret(schemes[0] + ":" + path)
	}
	u, err := url.Parse(t.value)
	if err != nil || !slices.Contains(schemes[1:], u.Scheme) || u.Hostname() == "" {
		r.badURL(v, t, must)
		return ""
	}
	r.keepURL(t, u, false)
	return Secret(t.value)
}
