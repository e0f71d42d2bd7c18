package check

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/luaapi"
)

// checkCall looks at one call.
func (p *pass) checkCall(call *tree.Call) {
	if call.Method != nil {
		p.checkMethod(call)
	}
	fn := p.callee(call)
	p.noteCall(call, fn)
	switch {
	case fn.member != nil:
		p.checkMember(call, fn)
	case fn.fn != nil && call.Fn != nil:
		p.checkOwn(call, fn.fn)
	case fn.away != nil && call.Fn != nil:
		p.checkOwn(call, fn.away)
	case call.Fn != nil:
		p.checkCallable(call, fn)
	}
}

// checkCallable finds calls of what is no function.
func (p *pass) checkCallable(call *tree.Call, t typ) {
	const rule = "not-a-function"
	name := p.text(call.Fn)
	switch {
	case t.field != nil && !t.weak:
		p.add(rule, call.Fn, fmt.Sprintf("`%s` is a value, no function", name), p.fieldHint(call, name))
	case t.shape != nil && p.shapeAt(call.Fn, t) != nil:
		p.add(rule, call.Fn, fmt.Sprintf("`%s` is the table of %s, no function", name, t.shape.file), fmt.Sprintf("call one of its members: `%s.%s(…)`", name, append(slices.Sorted(maps.Keys(t.shape.fns)), "…")[0]))
	case t.kind == isModule:
		p.add(rule, call.Fn, fmt.Sprintf("`%s` is a module, no function", name), fmt.Sprintf("call one of its members: `%s.%s(…)`", name, firstOf(t.module)))
	case t.kind == isObject && !t.weak && t.lua() != "":
		p.add(rule, call.Fn, fmt.Sprintf("`%s` is %s, no function", name, t.spoken()), fmt.Sprintf("call one of its members: `%s:%s(…)`", name, firstOf(t.module)))
	case t.sure() && (t.kind == isString || t.kind == isNumber || t.kind == isBool || t.kind == isNil || t.kind == isTable && t.data):
		p.add(rule, call.Fn, fmt.Sprintf("`%s` is %s, no function", name, t.spoken()), valueFirst(name, t))
	}
}

func (p *pass) fieldHint(call *tree.Call, name string) string {
	if len(call.Args) == 1 {
		if key, ok := call.Args[0].(*tree.String); ok && strings.HasSuffix(name, ".slots") {
			return fmt.Sprintf("write `%s:get_slot(%q)`", strings.TrimSuffix(name, ".slots"), key.Value)
		}
	}
	return fmt.Sprintf("write `%s` without parentheses", name)
}

func firstOf(m *luaapi.Module) string {
	if len(m.Members) > 0 {
		return m.Members[0].Name
	}
	return "…"
}

// checkOwn looks at the call of a function of the script's own.
func (p *pass) checkOwn(call *tree.Call, fn *tree.Function) {
	if fn.Vararg || len(call.Args) <= len(fn.Params) || call.Method != nil || fn.Self != nil {
		return
	}
	if len(fn.Body.Stmts) == 0 {
		return // it stands for one that does something
	}
	extra := call.Args[len(fn.Params)]
	if len(fn.Params) == 0 {
		p.warn("too-many-arguments", extra, fmt.Sprintf("`%s` takes no values, so this one is lost", p.text(call.Fn)), "")
		return
	}
	var names []string
	for _, l := range fn.Params {
		names = append(names, l.Name)
	}
	p.warn("too-many-arguments", extra, fmt.Sprintf("`%s` takes %s only, so this value is lost", p.text(call.Fn), strings.Join(names, ", ")), "")
}

// checkMember looks at the call of a function of the API or of Lua's own.
func (p *pass) checkMember(call *tree.Call, fn typ) {
	args := call.Args
	if fn.module.Object && call.Fn != nil {
		if len(args) == 0 || p.typeOf(args[0]).kind != isObject {
			return // a dot instead of a colon; checkKey tells
		}
		args = args[1:]
	}
	if fn.module.Name == "string" && call.Method != nil {
		args = append([]tree.Expr{call.Object}, args...)
	}
	if fn.weak || call.Method != nil && p.typeOf(call.Object).kind == isModule {
		return
	}
	if index, ok := call.Fn.(*tree.Index); ok && len(args) == 0 && p.typeOf(index.X).kind == isString {
		return // checkTextKey tells
	}
	c := &checkedCall{pass: p, call: call, fn: fn, name: memberName(fn), args: args}
	if fn.member.Named {
		c.event()
	} else {
		c.arguments()
	}
	p.checkSpecial(c)
}

// checkedCall is the call of a declared function.
type checkedCall struct {
	*pass
	call *tree.Call
	fn   typ
	name string
	args []tree.Expr // without the object of a colon call
}

// memberName is how scripts write the function.
func memberName(fn typ) string {
	switch {
	case fn.bare, fn.module.Only, fn.module.Bare:
		return fn.member.Name
	case fn.module.Object:
		return fn.module.Name + ":" + fn.member.Name
	}
	return fn.module.Name + "." + fn.member.Name
}

// spread tells whether the last argument may give any number of values.
func (c *checkedCall) spread() bool {
	if len(c.args) == 0 {
		return false
	}
	switch last := c.args[len(c.args)-1].(type) {
	case *tree.Vararg:
		return true
	case *tree.Call:
		fn := c.callee(last)
		return fn.member == nil || strings.Contains(fn.member.Returns, ",") || fn.member.Returns == "" || fn.member.Name == "transaction"
	}
	return false
}

func (c *checkedCall) arguments() {
	for i := range c.fn.member.Params {
		param := &c.fn.member.Params[i]
		if param.Rest {
			return
		}
		if i >= len(c.args) {
			if !c.spread() && !param.Optional && param.Type != "" {
				c.missing(param)
				return
			}
			continue
		}
		if i == len(c.args)-1 && c.spread() {
			return
		}
		c.argument(i, param)
	}
	if extra := len(c.fn.member.Params); len(c.args) > extra && !lenient(c.fn) {
		c.tooMany(extra)
	}
}

// lenient are functions that others get as callbacks, or that take more than they declare.
func lenient(fn typ) bool { return fn.module.Name == "math" || fn.module.Name == "coroutine" }

func (c *checkedCall) tooMany(i int) {
	var names []string
	for _, param := range c.fn.member.Params {
		names = append(names, param.Name)
	}
	takes := "takes " + strings.Join(names, ", ") + " only"
	if len(names) == 0 {
		takes = "takes no values"
	}
	hint := ""
	if strings.HasPrefix(c.name, "dispatcher:utter_message") || strings.HasPrefix(c.name, "dispatcher:stream_chunk") {
		c.add("one-message", c.args[i], "`"+c.name+"` takes one text or one table", fmt.Sprintf("write `%s { text = …, buttons = … }`", c.name))
		return
	}
	c.warn("too-many-arguments", c.args[i], fmt.Sprintf("`%s` %s, so this value is lost", c.name, takes), hint)
}

func (c *checkedCall) missing(param *luaapi.Param) {
	at := tree.Node(c.call)
	if c.call.Close.End > 0 {
		at = c.call.Close
	}
	c.add("missing-argument", at, fmt.Sprintf("`%s` needs %s%s", c.name, param.Name, spokenType(param)), c.example())
}

func spokenType(param *luaapi.Param) string {
	if param.Type == "any" || param.Type == "" {
		return ""
	}
	return ", " + spoken(param.Type)
}

// example is a right call, for hints.
func (c *checkedCall) example() string {
	if c.fn.member.Example == "" {
		return ""
	}
	return "write for example `" + c.fn.member.Example + "`"
}

func (c *checkedCall) argument(i int, param *luaapi.Param) {
	arg := c.args[i]
	if t := c.constructor(&tree.Call{Args: c.args}, i); t != nil && len(param.Fields) > 0 {
		c.fields(t, param)
	}
	t := c.typeOf(arg)
	if call, ok := arg.(*tree.Call); ok && t.kind == unknown && t.data && param.Type == "function" {
		c.add("argument-type", arg, fmt.Sprintf("`%s`: %s must be a function, but is what `%s` gives", c.name, param.Name, c.text(call)), c.handOver(call))
		return
	}
	if c.metatables && t.kind == isTable && !t.data || param.Type == "" || !t.sure() || t.weak || t.kind == isNil && param.Optional || allowed(param.Type, t) && (t.kind != isModule || param.Type == "any" || c.fn.module.Name == "base") {
		return
	}
	hint := c.example()
	if call, ok := tree.Plain(arg).(*tree.Call); ok && param.Type == "function" {
		hint = c.handOver(call)
	}
	if fn := t.member; t.kind == isFunction && fn != nil {
		hint = "call it, with parentheses behind its name"
	}
	if n, ok := tree.Plain(arg).(*tree.Name); ok && t.kind == isModule && n.Local == nil {
		if l := c.elsewhere(n); l != nil {
			line, _ := c.file.Place(l.Start)
			hint = fmt.Sprintf("the local `%s` of line %d ends with its block: write `local %s` above that block, and leave out `local` inside", n.Text, line, n.Text)
		}
	}
	if t.kind == isString && param.Type == "number" {
		hint = "write the number without quotes, or `tonumber(…)`"
	}
	if i == 0 && c.fn.module.Name == "string" && c.call.Method != nil {
		return
	}
	c.add("argument-type", arg, fmt.Sprintf("`%s`: %s must be %s, but is %s", c.name, param.Name, spoken(param.Type), c.spoken(arg)), hint)
}

// handOver says how to give a function itself where its result was given.
func (c *checkedCall) handOver(call *tree.Call) string {
	if call.Fn == nil {
		return fmt.Sprintf("write `%s(function() return %s end)`", c.name, c.text(call))
	}
	name := c.text(call.Fn)
	if c.name == "pcall" && len(call.Args) > 0 {
		return fmt.Sprintf("write `pcall(%s, …)`: the function first, then what it is called with", name)
	}
	return fmt.Sprintf("write `%s` without parentheses, to hand over the function itself", name)
}

// allowed tells whether a value of this kind may be given for a parameter of this type.
func allowed(types string, t typ) bool {
	if t.kind == isNil {
		return false
	}
	for _, typ := range strings.Split(strings.TrimSuffix(types, " or nil"), "|") {
		if strings.HasPrefix(typ, "list of ") {
			typ = "list"
		}
		switch typ {
		case "any":
			return true
		case "string":
			if t.kind == isString || t.kind == isNumber {
				return true
			}
		case "number":
			if t.kind == isNumber {
				return true
			}
		case "boolean":
			if t.kind == isBool {
				return true
			}
		case "table", "list":
			if t.kind == isTable || t.kind == isModule || t.kind == isObject {
				return true
			}
		case "function":
			if t.kind == isFunction {
				return true
			}
		default:
			if t.kind == isObject {
				return true
			}
		}
	}
	return false
}

// spoken says the types of a parameter as authors do.
func spoken(types string) string {
	if types == "any" { // that it isn't nil goes without saying where it is missing
		return "a value"
	}
	return luaapi.Spoken(types)
}

// discards are members whose results are all that they are for, by module; those of events count as well.
func discards(fn typ) bool {
	if fn.member == nil || fn.member.Returns == "" {
		return false
	}
	name := fn.member.Name
	switch fn.module.Name {
	case "events", "text", "crypto", "url", "string", "math", "os":
		return name != "randomseed" && name != "random" // some throw the first ones away
	case "table":
		return slices.Contains([]string{"map", "filter", "find", "contains", "keys", "values", "merge", "get", "concat", "maxn"}, name)
	case "time":
		return slices.Contains([]string{"now", "format", "add", "to", "unix", "parse"}, name)
	case "json", "yaml", "csv":
		return name == "encode"
	case "kv", "kv.conversation", "env":
		return name == "get"
	case "base":
		return slices.Contains([]string{"tostring", "tonumber", "type", "ipairs", "pairs"}, name)
	case "tracker":
		return true
	case "re":
		return name == "findall" || name == "sub" || name == "split" || name == "escape"
	}
	return false
}

// checkStatement looks at a call whose results nobody takes.
func (p *pass) checkStatement(n *tree.CallStmt) {
	fn := p.callee(n.X)
	if !discards(fn) || p.inGuarded(n) || fn.weak || p.otherMark(n.X, fn) {
		return
	}
	if fn.module.Name == "string" && fn.member.Name == "gsub" && len(n.X.Args) > 1 {
		return // the replacement may be a function that does something
	}
	name := memberName(fn)
	if n.X.Method != nil && fn.module.Name == "string" {
		name = p.text(n.X.Object) + ":" + fn.member.Name
	}
	switch {
	case fn.module.Name == "events":
		p.add("discarded-value", n, fmt.Sprintf("the event of `%s` is made and not returned", name), fmt.Sprintf("write `return { %s }`, or put it into the list that the action returns", p.text(n.X)))
	case fn.module.Name == "re" && fn.member.Name == "sub" && len(n.X.Args) > 1 && p.typeOf(n.X.Args[1]).kind != isString, fn.module.Name == "table" && (fn.member.Name == "map" || fn.member.Name == "filter" || fn.member.Name == "find"):
		p.warn("discarded-value", n, fmt.Sprintf("what `%s` gives is lost", name), "write `local result = …` before it; to go through a list write `for _, item in ipairs(list) do … end`")
	default:
		p.warn("discarded-value", n, fmt.Sprintf("what `%s` gives is lost: it changes nothing by itself", name), "write `local result = "+p.text(n.X)+"`")
	}
}

// otherMark tells whether a call has a dot where a colon belongs or the other way round, which is told by itself.
func (p *pass) otherMark(call *tree.Call, fn typ) bool {
	if call.Method != nil {
		return p.typeOf(call.Object).kind == isModule
	}
	index, ok := tree.Plain(call.Fn).(*tree.Index)
	return ok && fn.module != nil && (fn.module.Object || p.typeOf(index.X).kind == isString)
}

// inGuarded tells whether n stands in a function that is called to see whether it fails.
func (p *pass) inGuarded(n tree.Node) bool {
	if len(p.guarded) == 0 {
		return false
	}
	at := n.At()
	for fn := range p.guarded {
		if fn.Start <= at.Start && at.End <= fn.End {
			return true
		}
	}
	return false
}
