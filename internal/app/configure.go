package app

import (
	"fmt"
	"maps"
	"slices"

	"github.com/luaction/luaction/engine"
	"github.com/luaction/luaction/engine/script"
	"github.com/luaction/luaction/internal/config"
	"github.com/luaction/luaction/luaapi/env"
	"github.com/luaction/luaction/service/httpclient"
	"github.com/luaction/luaction/spell"
)

// Configure hands what a configuration file says to the engine's options; a nil file changes nothing. Services that modules need
// (file.HTTP and HTTPAllow) are built from it here, once, and are the engine's as long as it lives; for databases and kv see
// OpenStores.
//
// close gives back what they hold, after the engine is closed; it may be called whatever the error.
func Configure(o *engine.Options, file *config.File) (close func(), err error) {
	if file == nil {
		return func() {}, nil
	}
	Settle(o, file)
	for _, v := range file.Env {
		o.Env = append(o.Env, env.Variable{Name: v.Name, Value: v.Value, Set: v.Set})
	}
	services := HTTPOptions(file)
	services.InFlight = o.Memory / 4 // all answers that are read at once
	if o.HTTP, err = httpclient.New(services); err != nil {
		return func() {}, err
	}
	return o.HTTP.Close, nil
}

// Settle hands the engine's options what a file says of how actions run; nothing of a nil file. Services, databases, kv and the
// environment are left as they are.
func Settle(o *engine.Options, file *config.File) {
	if file == nil {
		return
	}
	o.Location, o.OnError = file.Location, file.OnError
	o.Actions = make(map[string]engine.ActionOptions, len(file.Actions))
	for name, a := range file.Actions {
		o.Actions[name] = engine.ActionOptions{Timeout: a.Timeout, Domain: domainNeed(a.Domain), OnError: a.OnError}
	}
}

// HTTPOptions are the services of a file, and the hosts that it allows; none of a nil file.
func HTTPOptions(file *config.File) httpclient.Options {
	if file == nil {
		return httpclient.Options{}
	}
	services := make(map[string]httpclient.Service, len(file.HTTP))
	for name, s := range file.HTTP {
		service := httpclient.Service{URL: string(s.URL), Bearer: string(s.Bearer), Timeout: s.Timeout, CAFile: s.CAFile}
		if s.BasicAuth != nil {
			service.Auth = &httpclient.Login{User: s.BasicAuth.Username, Password: string(s.BasicAuth.Password)}
		}
		for header, value := range s.Headers {
			if service.Headers == nil {
				service.Headers = make(map[string]string, len(s.Headers))
			}
			service.Headers[header] = string(value)
		}
		services[name] = service
	}
	return httpclient.Options{Services: services, Allow: file.HTTPAllow}
}

func domainNeed(word string) engine.DomainNeed {
	switch word {
	case "needed":
		return engine.DomainNeeded
	case "never":
		return engine.DomainNever
	}
	return engine.DomainAuto
}

// Unprovided says which actions a file has settings for that no script provides, in the file's order.
func Unprovided(file *config.File, now *script.Snapshot) []string {
	if file == nil {
		return nil
	}
	names := slices.SortedFunc(maps.Keys(file.Actions), func(a, b string) int {
		return file.Actions[a].Place.Line - file.Actions[b].Place.Line
	})
	var warnings []string
	for _, name := range names {
		if now.Actions[name] != nil {
			continue
		}
		text := fmt.Sprintf("%s: no script provides the action %s, which has settings here", file.Actions[name].Place, name)
		if near := spell.Nearest(name, slices.Sorted(maps.Keys(now.Actions))); near != "" {
			text += fmt.Sprintf("; did you mean %s?", near)
		}
		warnings = append(warnings, text)
	}
	return warnings
}
