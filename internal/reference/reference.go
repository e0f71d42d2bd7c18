// Package reference writes the reference of all that scripts can say, from the declarations that the engine itself works with.
package reference

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/luaction/luaction/luaapi"
)

// pages are the pages that explain a module or an object; those without one are explained by the reference alone.
func pages() map[string]string {
	all := map[string]string{
		"response": "http", "match": "re", "moment": "time", "db": "sql", "tx": "sql", "kv.conversation": "kv", "print": "log",
	}
	for _, name := range []string{"crypto", "csv", "env", "files", "http", "json", "kv", "log", "re", "sql", "table", "text", "time", "url", "yaml"} {
		all[name] = name
	}
	return all
}

// order sorts modules as one reads them: what every action has first, then the modules by name, each with its objects behind it.
func order(modules []luaapi.Module) {
	first := []string{"dispatcher", "tracker", "events", "form", "knowledge", "reject", "require", "print"}
	rank := func(m luaapi.Module) string {
		if i := slices.Index(first, m.Name); i >= 0 {
			return fmt.Sprintf("0%d", i)
		}
		owner := pages()[m.Name]
		if owner == "" {
			owner = m.Name
		}
		return "1" + owner + " " + strings.TrimPrefix(m.Name, owner)
	}
	slices.SortStableFunc(modules, func(a, b luaapi.Module) int { return strings.Compare(rank(a), rank(b)) })
}

// Markdown is the whole reference. Links lead to modules/NAME.md beside it.
func Markdown(modules []luaapi.Module) []byte {
	modules = slices.Clone(modules)
	order(modules)
	w := &writer{}
	w.line("# Reference")
	w.line("")
	w.line("All that a script can say beyond Lua itself, one section for each module and each value that has members. It is written by")
	w.line("`make docs` from what the server itself checks calls by, and every example in it is run by a test. An argument in [brackets] may be")
	w.line("left out. A text is a `string`, and a number does for one; a `moment` is a time.")
	w.line("")
	var links []string
	for i := range modules {
		links = append(links, fmt.Sprintf("[%s](#%s)", title(&modules[i]), anchor(title(&modules[i]))))
	}
	w.line("%s", strings.Join(links, " · "))
	for i := range modules {
		w.module(&modules[i])
	}
	return w.text.Bytes()
}

type writer struct {
	text bytes.Buffer
	m    *luaapi.Module
}

func (w *writer) line(format string, args ...any) {
	fmt.Fprintf(&w.text, format, args...)
	w.text.WriteByte('\n')
}

// title is what a section is called.
func title(m *luaapi.Module) string {
	if m.Name == "knowledge" {
		return "knowledge_base"
	}
	if m.Name == "form" {
		return "form and slots"
	}
	return m.Name
}

// anchor is how a page's own headings are linked to.
func anchor(heading string) string {
	return strings.NewReplacer(" ", "-", ".", "").Replace(strings.ToLower(heading))
}

func (w *writer) module(m *luaapi.Module) {
	w.m = m
	w.line("")
	w.line("## %s", title(m))
	w.line("")
	w.line("%s", prose(m.Doc))
	if page := pages()[m.Name]; page != "" {
		w.line("More in [modules/%s.md](modules/%s.md).", page, page)
	}
	if len(m.Fields) > 0 || m.Rest != "" {
		w.line("")
		w.line("| field | type | |")
		w.line("| --- | --- | --- |")
		for i := range m.Fields {
			f := &m.Fields[i]
			set := ""
			if f.Set != nil {
				set = " Can be set."
			}
			w.line("| `%s.%s` | %s | %s%s |", m.Name, f.Name, types(f.Type), cell(f.Doc), set)
		}
		if m.Rest != "" {
			w.line("| `%s[…]`, any other name | %s | |", m.Name, types(m.Rest))
		}
	}
	for i := range m.Members {
		w.member(i)
	}
}

// called is how a script calls a member.
func called(m *luaapi.Module, member *luaapi.Member) string {
	name := m.Name + "." + member.Name
	switch {
	case m.Only || m.Bare:
		name = member.Name
	case m.Object:
		name = m.Name + ":" + member.Name
	}
	var args strings.Builder
	for i := range member.Params {
		p := &member.Params[i]
		text := p.Name
		if p.Rest && text != "…" {
			text += ", …"
		}
		if i > 0 {
			text = ", " + text
		}
		if p.Optional {
			text = "[" + text + "]"
		}
		args.WriteString(text)
	}
	if len(member.Params) == 1 && member.Params[0].Fields != nil && !member.Params[0].Optional && member.Params[0].Type == "table" {
		return name + " { … }"
	}
	return name + "(" + args.String() + ")"
}

func (w *writer) member(at int) {
	member := &w.m.Members[at]
	w.line("")
	w.line("### `%s`", called(w.m, member))
	w.line("")
	sentences := []string{prose(member.Doc)}
	if params := w.params(at); params != "" {
		sentences = append(sentences, params)
	}
	if member.Returns != "" {
		var parts []string
		for part := range strings.SplitSeq(member.Returns, ", ") {
			parts = append(parts, "*"+types(part)+"*")
		}
		sentences = append(sentences, "Gives "+strings.Join(parts, ", then ")+".")
	}
	w.line("%s", strings.Join(sentences, "\\\n"))
	w.options(at)
	w.line("")
	w.line("```lua")
	w.line("%s", member.Example)
	w.line("```")
}

// params is a sentence about the parameters.
func (w *writer) params(at int) string {
	member := &w.m.Members[at]
	var parts []string
	for i := range member.Params {
		p := &member.Params[i]
		text := "`" + p.Name + "` *" + types(p.Type) + "*"
		if p.Doc != "" {
			text += ": " + prose(strings.TrimSuffix(p.Doc, "."))
		}
		if p.Fields != nil && !member.Named {
			if before := w.before(at, p); before != "" {
				text += ", as for `" + before + "`"
			}
		}
		parts = append(parts, text)
	}
	if len(parts) == 0 {
		return ""
	}
	text := strings.Join(parts, "; ") + "."
	if member.Named {
		text += " Or one table of `" + strings.Join(luaapi.FieldNames(member.Params[0].Fields), "`, `") + "`."
	}
	return text
}

// options lists the names in the tables that a member takes, where no member before it takes the same.
func (w *writer) options(at int) {
	member := &w.m.Members[at]
	for i := range member.Params {
		p := &member.Params[i]
		if p.Fields == nil || member.Named || w.before(at, p) != "" {
			continue
		}
		w.line("")
		for k := range p.Fields {
			f := &p.Fields[k]
			needed := ""
			if f.Required {
				needed = ", must be there"
			}
			w.line("- `%s` *%s*%s: %s", f.Name, types(f.Type), needed, prose(f.Doc))
		}
		if p.Open {
			w.line("- any other name, which goes out as it is")
		}
	}
}

// before is a member before this one whose parameter takes the same table, "" if there is none.
func (w *writer) before(at int, p *luaapi.Param) string {
	for i := range w.m.Members[:at] {
		for k := range w.m.Members[i].Params {
			if other := &w.m.Members[i].Params[k]; other.Fields != nil && alike(other.Fields, p.Fields) {
				return w.called(&w.m.Members[i])
			}
		}
	}
	return ""
}

func (w *writer) called(member *luaapi.Member) string {
	text := called(w.m, member)
	if i := strings.IndexAny(text, "( "); i >= 0 {
		return text[:i]
	}
	return text
}

func alike(a, b []luaapi.Field) bool {
	return slices.EqualFunc(a, b, func(a, b luaapi.Field) bool { return a.Name == b.Name && a.Type == b.Type && a.Doc == b.Doc })
}

// types is a type as the reference says it.
func types(declared string) string { return strings.ReplaceAll(declared, "|", " or ") }

// prose keeps Markdown from taking an author's text for its own signs.
func prose(text string) string {
	return strings.NewReplacer("<", "&lt;", "*", `\*`, "_", `\_`).Replace(text)
}

// cell is prose in a table.
func cell(text string) string { return strings.ReplaceAll(prose(text), "|", `\|`) }
