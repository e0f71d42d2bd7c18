package engine

import (
	"sync"

	"github.com/luaction/luaction/engine/interp"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/crypto"
	"github.com/luaction/luaction/luaapi/csv"
	"github.com/luaction/luaction/luaapi/env"
	"github.com/luaction/luaction/luaapi/events"
	"github.com/luaction/luaction/luaapi/files"
	"github.com/luaction/luaction/luaapi/form"
	apihttp "github.com/luaction/luaction/luaapi/http"
	"github.com/luaction/luaction/luaapi/json"
	"github.com/luaction/luaction/luaapi/knowledge"
	"github.com/luaction/luaction/luaapi/kv"
	apilog "github.com/luaction/luaction/luaapi/log"
	"github.com/luaction/luaction/luaapi/re"
	"github.com/luaction/luaction/luaapi/sql"
	"github.com/luaction/luaction/luaapi/tables"
	"github.com/luaction/luaction/luaapi/text"
	apitime "github.com/luaction/luaction/luaapi/time"
	"github.com/luaction/luaction/luaapi/url"
	"github.com/luaction/luaction/luaapi/yaml"
)

// stock is what the modules of one state are made from.
type stock struct {
	session *luaapi.Session
	options *Options
	times   func() *apitime.Times // those of this state, made when they are first needed
}

// maker makes some modules of a state.
type maker func(stock) []luaapi.Module

// makers make the names that scripts know beside the parameters of their function.
func makers() []maker {
	return []maker{
		plain(json.New), plain(events.New), plain(form.New), plain(knowledge.New), plain(luaapi.Require), plain(luaapi.Reject),
		plain(text.New), plain(re.New), plain(crypto.New), plain(url.New), plain(csv.New), plain(yaml.New), plain(tables.New),
		func(s stock) []luaapi.Module {
			logging, printing := apilog.New(s.session)
			return []luaapi.Module{logging, printing}
		},
		func(s stock) []luaapi.Module { return []luaapi.Module{s.times().Module()} },
		func(s stock) []luaapi.Module {
			if s.options.LookEnv != nil {
				return []luaapi.Module{env.Looked(s.session, s.options.LookEnv)}
			}
			return []luaapi.Module{env.New(s.session, s.options.Env)}
		},
		func(s stock) []luaapi.Module { return []luaapi.Module{apihttp.New(s.session, s.options.HTTP)} },
		func(s stock) []luaapi.Module { return []luaapi.Module{kv.New(s.session, s.options.Store)} },
		func(s stock) []luaapi.Module {
			return []luaapi.Module{sql.New(s.session, s.options.Databases, s.times().Value).Module()}
		},
		func(s stock) []luaapi.Module { return []luaapi.Module{files.New(s.session, csv.Decode, yaml.Decode)} },
		func(s stock) []luaapi.Module { return valueModules(s.session, s.options.Values, s.times) },
	}
}

func plain(module func(*luaapi.Session) luaapi.Module) maker {
	return func(s stock) []luaapi.Module { return []luaapi.Module{module(s.session)} }
}

func newStock(s *luaapi.Session, o *Options) stock {
	return stock{session: s, options: o, times: sync.OnceValue(func() *apitime.Times { return apitime.NewTimes(s) })}
}

// modules are all that the makers make.
func modules(s *luaapi.Session, o *Options) []luaapi.Module {
	var all []luaapi.Module
	from := newStock(s, o)
	for _, f := range makers() {
		all = append(all, f(from)...)
	}
	return all
}

// shelf holds the modules of all states until a script of a state says one of their names: a state that has them all takes
// twice the memory of one that has what an ordinary script says.
type shelf struct {
	makers []maker
	always []maker        // those that every state has from the start
	places map[string]int // of the maker of a global
	names  []string
}

func newShelf(o *Options) *shelf {
	state := interp.New(interp.Options{})
	defer state.Close()
	h, from := &shelf{places: map[string]int{}}, newStock(luaapi.NewSession(state), o)
	for _, f := range makers() {
		all := f(from)
		if needed(all) {
			h.always = append(h.always, f)
			continue
		}
		for _, m := range all {
			for _, name := range m.Globals() {
				h.places[name] = len(h.makers)
				h.names = append(h.names, name)
			}
		}
		h.makers = append(h.makers, f)
	}
	return h
}

// needed tells whether modules have to be there before a script says a name of theirs: those that add to Lua's own libraries, and
// the log, which hears what the interpreter advises.
func needed(all []luaapi.Module) bool {
	for i := range all {
		if all[i].Library || all[i].Name == "log" {
			return true
		}
	}
	return false
}

// stock has the scripts of a state find the modules.
func (h *shelf) stock(s *luaapi.Session, o *Options) {
	from := newStock(s, o)
	for _, f := range h.always {
		for _, m := range f(from) {
			s.Install(m)
		}
	}
	s.State.Offer(&offer{shelf: h, stock: from})
}

// offer is the shelf as one state sees it.
type offer struct {
	*shelf
	stock
	given uint64 // the makers whose modules are installed, a bit each
}

// Names are the globals that nobody has said.
func (o *offer) Names() []string { return o.names }

// Give installs the modules that have the name.
func (o *offer) Give(name string) {
	place, ok := o.places[name]
	if !ok || o.given&(1<<place) != 0 {
		return
	}
	o.given |= 1 << place
	for _, m := range o.makers[place](o.stock) {
		o.session.Install(m)
	}
}
