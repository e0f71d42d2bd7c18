package stubs

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/luaction/luaction/luaapi"
)

// writer writes the definition file of one module.
type writer struct {
	m       *luaapi.Module
	text    bytes.Buffer
	classes []string // of tables that members take, written so far
}

func (w *writer) line(format string, args ...any) {
	fmt.Fprintf(&w.text, format, args...)
	w.text.WriteByte('\n')
}

// doc writes a text as the language server shows it above what follows.
func (w *writer) doc(text string) {
	for line := range strings.SplitSeq(text, "\n") {
		w.line("---%s", line)
	}
}

func (w *writer) module() {
	m := w.m
	for i := range m.Members {
		w.tables(&m.Members[i])
	}
	switch {
	case m.Only:
	case m.Library:
	case m.Name == "json":
		w.line("---What json.null is: nothing, where nil can't stand.")
		w.line("---@class json.null")
		w.line("")
		fallthrough
	default:
		w.class()
	}
	for i := range m.Members {
		w.member(&m.Members[i])
	}
}

// class declares the module's own table, or the object's class.
func (w *writer) class() {
	m := w.m
	w.doc(m.Doc)
	w.line("---@class %s", m.Name)
	for i := range m.Fields {
		w.field(m.Name, &m.Fields[i], false)
	}
	if m.Rest != "" {
		text, isNil := types(m.Rest, true)
		w.line("---@field [integer|string] %s%s", text, mark(isNil))
	}
	if m.Name == "moment" {
		w.line("---@operator add(number): moment")
		w.line("---@operator sub(number): moment")
		w.line("---@operator sub(moment): number")
		w.line("---@operator concat(any): string")
	}
	if w.hidden() {
		w.line("local %s = {}", w.table())
	} else {
		w.line("%s = {}", w.table())
	}
	w.line("")
}

// hidden says whether the table is no global: objects are handed to scripts, and kv.conversation is a part of kv.
func (w *writer) hidden() bool { return w.m.Object || strings.Contains(w.m.Name, ".") }

// table is what the members' table is called in the definition file.
func (w *writer) table() string { return w.m.Name[strings.LastIndexByte(w.m.Name, '.')+1:] }

func mark(optional bool) string {
	if optional {
		return "?"
	}
	return ""
}

// field writes one field of a class.
func (w *writer) field(class string, f *luaapi.Field, given bool) {
	text, isNil := types(f.Type, !given)
	if better := precise()[class+"."+f.Name]; better != "" {
		text = better
	}
	optional := isNil || given && !f.Required
	doc := strings.ReplaceAll(f.Doc, "\n", " ")
	w.line("---@field %s%s %s%s", f.Name, mark(optional), text, after(doc))
}

func after(doc string) string {
	if doc == "" {
		return ""
	}
	return " " + doc
}

// tables declares the classes of the tables that a member takes.
func (w *writer) tables(member *luaapi.Member) {
	for i := range member.Params {
		p := &member.Params[i]
		name := w.className(member, p)
		if p.Fields == nil || slices.Contains(w.classes, name) {
			continue
		}
		w.classes = append(w.classes, name)
		exact := "(exact) "
		if p.Open {
			exact = ""
		}
		w.line("---@class %s%s", exact, name)
		for k := range p.Fields {
			w.field(name, &p.Fields[k], true)
		}
		if p.Open {
			w.line("---@field [string] any")
		}
		w.line("")
	}
}

// className is the class of the table that a parameter takes: by the parameter if all members have it alike, else by the member.
func (w *writer) className(member *luaapi.Member, p *luaapi.Param) string {
	name := w.m.Name + "." + paramName(p)
	switch {
	case w.m.Bare:
		return w.m.Name + "." + member.Name
	case w.m.Only:
		return w.m.Name + ".parts"
	case name == "http.requests":
		return "http.request"
	}
	for i := range w.m.Members {
		for k := range w.m.Members[i].Params {
			other := &w.m.Members[i].Params[k]
			if other.Name == p.Name && other.Fields != nil && !alike(other.Fields, p.Fields) {
				return w.m.Name + "." + member.Name + "." + paramName(p)
			}
		}
	}
	return name
}

func alike(a, b []luaapi.Field) bool {
	return slices.EqualFunc(a, b, func(a, b luaapi.Field) bool {
		return a.Name == b.Name && a.Type == b.Type && a.Doc == b.Doc && a.Required == b.Required
	})
}

// paramName is a parameter's name as Lua can say it.
func paramName(p *luaapi.Param) string {
	if p.Rest {
		return "..."
	}
	name := p.Name
	if i := strings.LastIndexByte(name, ' '); i >= 0 {
		name = name[i+1:]
		if strings.HasPrefix(p.Name, "argument ") { // of a Go function, which has numbers for names
			name = "arg" + name
		}
	}
	switch name {
	case "end", "function", "repeat", "until", "local", "return":
		name += "_"
	}
	return name
}

func (w *writer) member(member *luaapi.Member) {
	w.doc(member.Doc)
	if member.Example != "" {
		w.line("---```lua")
		w.doc(member.Example)
		w.line("---```")
	}
	if strings.HasPrefix(member.Doc, "Deprecated") {
		w.line("---@deprecated")
	}
	var names []string
	for i := range member.Params {
		p := &member.Params[i]
		names = append(names, paramName(p))
		w.param(member, p)
	}
	returns, err := luaapi.ParseReturns(member.Returns)
	if err != nil {
		returns = nil // a test holds that there is none such
	}
	for _, r := range returns {
		text := result(r)
		if better := precise()[w.m.Name+"."+member.Name]; better != "" {
			text = better
		}
		w.line("---@return %s", text)
	}
	if w.m.Bare {
		w.line("---@nodiscard") // an event that is not returned does nothing
	}
	if member.Named && len(member.Params) > 0 {
		w.line("---@overload fun(fields: %s): %s", w.className(member, &member.Params[0]), member.Returns)
	}
	args := "(" + strings.Join(names, ", ") + ") end"
	switch {
	case w.m.Only:
		w.line("function %s%s", member.Name, args)
	case w.m.Object:
		w.line("function %s:%s%s", w.table(), member.Name, args)
	default:
		w.line("function %s.%s%s", w.table(), member.Name, args)
	}
	w.line("")
	if w.m.Bare {
		w.line("%s = %s.%s", member.Name, w.m.Name, member.Name)
		w.line("")
	}
}

func (w *writer) param(member *luaapi.Member, p *luaapi.Param) {
	text, isNil := types(p.Type, w.m.Name == "text")
	switch better := precise()[w.m.Name+"."+member.Name+"("+p.Name+")"]; {
	case better != "":
		text = better
	case p.Fields != nil && !member.Named:
		class := w.className(member, p)
		text = strings.ReplaceAll(text, "table", class)
		if p.Type == "list" {
			text = class + "[]"
		}
	}
	if p.Rest {
		w.line("---@param ... %s%s", text, after(p.Doc))
		return
	}
	w.line("---@param %s%s %s%s", paramName(p), mark(p.Optional || isNil), text, after(p.Doc))
}
