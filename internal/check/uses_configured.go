package check

import (
	"strings"

	"github.com/luaction/luaction/internal/check/tree"
)

// noteConfigured notes the services, databases and variables that a call names; the configuration has to have them.
func (p *pass) noteConfigured(call *tree.Call, fn typ) {
	if len(call.Args) == 0 {
		return
	}
	first := call.Args[0]
	switch fn.module.Name + "." + fn.member.Name {
	case "sql.open":
		p.use("database", first)
	case "env.get":
		p.use("variable", first)
	case "http.request":
		p.noteService(field(p.constructor(call, 0), "url"))
	case "http.all":
		p.noteServices(p.constructor(call, 0))
	case "http.get", "http.delete", "http.head", "http.post", "http.put", "http.patch":
		p.noteService(first)
	}
}

func (p *pass) noteServices(all *tree.Table) {
	if all == nil {
		return
	}
	for _, f := range all.Fields {
		if request, is := f.Value.(*tree.Table); is {
			p.noteService(field(request, "url"))
			continue
		}
		p.noteService(f.Value)
	}
}

// noteService notes the service of a URL such as "shop:/orders"; a full one names a host.
func (p *pass) noteService(e tree.Expr) {
	url, ok := p.constant(e)
	name, _, found := strings.Cut(url, ":")
	if !ok || !found || p.world.test || strings.EqualFold(name, "http") || strings.EqualFold(name, "https") {
		return
	}
	p.useAt("service", name, e)
}
