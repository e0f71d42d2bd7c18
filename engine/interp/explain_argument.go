package interp

import (
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// badArgument words what a function of Go's says of an argument. A method's own value is not counted.
func (e *explainer) badArgument(number, name, problem string) string {
	n, _ := strconv.Atoi(number)
	if kind, found := strings.CutSuffix(problem, " expected, got nil"); found && n > e.L.GetTop()-1 {
		problem = kind + " expected, got no value"
	} else if kind, found := strings.CutSuffix(problem, " expected, got userdata"); found {
		problem = kind + " expected, got " + typeName(e.L.Get(n))
	}
	given := n // counting what stands before a colon
	called, known := e.calledFunction()
	if strings.HasPrefix(name, "'") { // says itself which function it is, and counts as scripts do
		if called.kind == "method" {
			given++
		}
		return with("bad argument #"+number+" to "+name+" ("+problem+")", e.argumentHint(known, given, problem))
	}
	name = "?"
	if called.kind != "" {
		name = called.name
	}
	if called.kind == "method" {
		n--
	}
	if n == 0 {
		return "calling '" + name + "' on bad self (" + problem + ")"
	}
	return with("bad argument #"+strconv.Itoa(n)+" to '"+name+"' ("+problem+")", e.argumentHint(known, given, problem))
}

// calledFunction is the function of Go's that raised, as the script wrote it; false if no script called it.
func (e *explainer) calledFunction() (operand, bool) {
	if f := e.frame; f == nil || f.Parent == nil || f.Parent != e.site.frame {
		return operand{}, false
	}
	if i := e.at(e.pc()); i.op() == lua.OP_CALL || i.op() == lua.OP_TAILCALL {
		return e.temporary(i.a(), e.pc()), true
	}
	return operand{}, false
}

// argumentHint says which expression gave an argument that is nil, or a text in the place of a number.
func (e *explainer) argumentHint(known bool, n int, problem string) string {
	expected, got, ok := strings.Cut(problem, " expected, got ")
	if !ok || !known || n < 1 {
		return ""
	}
	i := e.at(e.pc())
	if i.b() != 0 && n >= i.b() { // not written at all
		return ""
	}
	o := e.temporary(i.a()+n, e.pc())
	if got == "no value" { // of a function that returns nothing
		got = "nil"
	}
	switch {
	case o.text == "" || o.text == "nil" || !o.is(got):
		return ""
	case got == "nil" && expected == "table":
		return o.text + " is nil: write (" + o.text + " or {})"
	case got == "nil":
		return o.text + " is nil"
	case got == "string" && expected == "number":
		return textHint(o)
	}
	return ""
}
