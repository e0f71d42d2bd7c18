package interp

import (
	"regexp"
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"
)

// explain turns the interpreter library's own words into Lua's, with the name of the variable that was at fault, and adds the
// likely cure where one is known. It runs where an error is raised, while the calls that die are still on the stack. What a
// script raised itself stays as it is.
func (s *State) explain(L *lua.LState, value lua.LValue) lua.LValue {
	verbatim := s.verbatim
	s.verbatim = false
	text, ok := value.(lua.LString)
	if !ok || verbatim {
		return value
	}
	f := s.in.frame(L)
	lowest := f
	for lowest != nil && lowest.Fn.IsG {
		lowest = lowest.Parent
	}
	where, message := "", string(text)
	if lowest != nil && lowest.Pc > 0 {
		source := lowest.Fn.Proto.SourceName + ":"
		line := lowest.Fn.Proto.DbgSourcePositions[lowest.Pc-1]
		if rest, found := strings.CutPrefix(message, source+strconv.Itoa(line)+":"); found {
			where, message = source+strconv.Itoa(line)+": ", strings.TrimPrefix(rest, " ")
		}
		if source == ":" {
			where = ""
		}
	}
	e := &explainer{s: s, L: L, frame: f}
	if lowest != nil {
		e.site = site{s: s, L: L, frame: lowest, steps: new(int), code: code{lowest.Fn.Proto}}
	}
	return lua.LString(where + e.reworded(strings.TrimPrefix(message, " ")))
}

// explainer rewords one message.
type explainer struct {
	s     *State
	L     *lua.LState
	frame *callFrame // the call that raised; of Go's or a script's
	site             // the script's call nearest to it; its code is empty if there is none
}

// The library's messages, by how they begin. What is not here is complete already.
var (
	indexed  = regexp.MustCompile(`^attempt to index a non-table object\((\w+)\) with key '`)
	operated = regexp.MustCompile(`^cannot perform (\w+) operation between (\w+) and (\w+)$`)
	compared = regexp.MustCompile(`^attempt to compare (\w+) with (\w+)$`)
	argument = regexp.MustCompile(`(?s)^bad argument #(\d+) to (\S+) \((.*)\)$`)
	looped   = regexp.MustCompile(`^for statement (\w+) must be a number$`)
)

func (e *explainer) reworded(message string) string {
	switch message {
	case "attempt to call a non-function object":
		return e.called()
	case "__unm undefined":
		return e.unary("perform arithmetic on", lua.OP_UNM)
	case "__len undefined":
		return e.unary("get length of", lua.OP_LEN)
	case "registry overflow", "stack overflow":
		return "stack overflow; a function calls itself, directly or by way of another, and nothing ends that"
	case "too many recursions in gettable":
		return "loop in gettable"
	case "too many recursions in settable":
		return "loop in settable"
	case "table index is nil":
		return with(message, e.keyHint())
	}
	if m := indexed.FindStringSubmatch(message); m != nil {
		return e.indexedValue(m[1])
	}
	if m := operated.FindStringSubmatch(message); m != nil {
		if m[1] == "concat" {
			return e.concatenated(m[2], m[3])
		}
		return e.arithmetic(m[2], m[3])
	}
	if m := compared.FindStringSubmatch(message); m != nil {
		return e.comparison(m[1], m[2])
	}
	if m := argument.FindStringSubmatch(message); m != nil {
		return e.badArgument(m[1], m[2], m[3])
	}
	if m := looped.FindStringSubmatch(message); m != nil {
		return e.loopBound(m[1])
	}
	return message
}

// fault is Lua's sentence for a value that an operation can't take.
func fault(operation string, o operand, kind string) string {
	if o.kind == "" {
		return "attempt to " + operation + " a " + kind + " value"
	}
	return "attempt to " + operation + " " + o.kind + " '" + o.name + "' (a " + kind + " value)"
}

// with adds a hint to a sentence.
func with(sentence, hint string) string {
	if hint == "" {
		return sentence
	}
	return sentence + "; " + hint
}

// indexedValue words an access to a field of what has none.
func (e *explainer) indexedValue(kind string) string {
	var o operand
	if e.frame == e.site.frame && e.code.FunctionProto != nil {
		switch i := e.at(e.pc()); i.op() {
		case lua.OP_GETTABLE, lua.OP_GETTABLEKS, lua.OP_SELF:
			o = e.operand(i.b(), e.pc())
		case lua.OP_SETTABLE, lua.OP_SETTABLEKS:
			o = e.operand(i.a(), e.pc())
		}
	}
	if o.is(kind) {
		kind = typeName(o.value)
	} else {
		o = operand{}
	}
	return with(fault("index", o, kind), e.s.misspelt(o, kind, e.s.indexHint(o, kind)))
}

// keyHint says which expression is nil that was to be a key.
func (e *explainer) keyHint() string {
	if e.frame != e.site.frame || e.code.FunctionProto == nil {
		return ""
	}
	i := e.at(e.pc())
	if i.op() != lua.OP_SETTABLE {
		return ""
	}
	key := e.either(i.b(), e.pc())
	if key.text == "" || key.text == "nil" || !key.is("nil") {
		return ""
	}
	return key.text + " is nil, and can't be a key"
}

// called words a call of what is no function.
func (e *explainer) called() string {
	if e.frame != e.site.frame || e.code.FunctionProto == nil {
		return "attempt to call a value that is no function"
	}
	i := e.at(e.pc())
	register := i.a()
	if i.op() == lua.OP_TFORLOOP {
		kind := typeName(e.register(register))
		sentence := fault("call", operand{}, kind)
		if kind == "table" {
			return with(sentence, "to loop over a table write for key, value in pairs(…) or for i, value in ipairs(…)")
		}
		return with(sentence, "what stands behind `in` must be pairs(…), ipairs(…) or a function")
	}
	value := e.register(register)
	o := e.temporary(register, e.pc())
	return with(fault("call", o, typeName(value)), e.s.callHint(o, value))
}

// unary words an operation on one value.
func (e *explainer) unary(operation string, op int) string {
	if e.code.FunctionProto == nil || e.at(e.pc()).op() != op {
		return "attempt to " + operation + " a string value"
	}
	o := e.either(e.at(e.pc()).b(), e.pc())
	kind := typeName(o.value)
	if op == lua.OP_LEN {
		return with(fault(operation, o, kind), e.s.misspelt(o, kind, nilHint(o, kind)))
	}
	return with(fault(operation, o, kind), e.s.misspelt(o, kind, arithmeticHint(o, kind)))
}

// arithmetic words an operation on two values: the first that is no number is at fault.
func (e *explainer) arithmetic(left, right string) string {
	var a, b operand
	if e.code.FunctionProto != nil {
		switch i := e.at(e.pc()); i.op() {
		case lua.OP_ADD, lua.OP_SUB, lua.OP_MUL, lua.OP_DIV, lua.OP_MOD, lua.OP_POW:
			a, b = e.either(i.b(), e.pc()), e.either(i.c(), e.pc())
		case lua.OP_CALL: // the operator %
			if e.frame != e.site.frame {
				a, b = e.temporary(i.a()+1, e.pc()), e.temporary(i.a()+2, e.pc())
			}
		}
	}
	if !a.is(left) || !b.is(right) {
		a, b = operand{}, operand{}
	}
	o, kind := a, left
	if reckonable(a.value, left) {
		o, kind = b, right
	}
	return with(fault("perform arithmetic on", o, kind), e.s.misspelt(o, kind, arithmeticHint(o, kind)))
}

// concatenated words a concatenation: of the last pair that can't be joined, the left value if that is no text.
func (e *explainer) concatenated(left, right string) string {
	var o operand
	kind := left
	if left == "string" || left == "number" {
		kind = right
	}
	if e.code.FunctionProto != nil && e.frame != e.site.frame && e.s.badPair > 0 && e.at(e.pc()).op() == lua.OP_CALL {
		bad := e.s.badPair
		if left == "string" || left == "number" {
			bad++
		}
		e.s.badPair = 0
		if found := e.temporary(e.at(e.pc()).a()+bad, e.pc()); found.is(kind) {
			o = found
		}
	}
	if e.code.FunctionProto != nil && e.frame == e.site.frame && e.at(e.pc()).op() == lua.OP_CONCAT {
		first, last := e.at(e.pc()).b(), e.at(e.pc()).c()
		bad := last
		for bad > first && joinable(e.register(bad)) {
			bad--
		}
		if bad == last && bad > first && !joinable(e.register(bad-1)) {
			bad--
		}
		if found := e.temporary(bad, e.pc()); found.is(kind) {
			o = found
		}
	}
	return with(fault("concatenate", o, kind), e.s.misspelt(o, kind, concatHint(o, kind)))
}

// comparison words an order that doesn't exist.
func (e *explainer) comparison(left, right string) string {
	var a, b operand
	if e.code.FunctionProto != nil && e.frame == e.site.frame {
		if i := e.at(e.pc()); i.op() == lua.OP_LT || i.op() == lua.OP_LE {
			a, b = e.either(i.b(), e.pc()), e.either(i.c(), e.pc())
		}
	}
	if a.is(left) && b.is(right) {
		left, right = comparedName(a.value), comparedName(b.value)
	} else {
		a, b = operand{}, operand{}
	}
	sentence := "attempt to compare " + left + " with " + right
	if left == right {
		sentence = "attempt to compare two " + left + " values"
	}
	for _, o := range []operand{a, b} {
		if special, ok := special(o.value); ok {
			return with(sentence, special.CompareHint())
		}
	}
	return with(sentence, compareHint(a, left, b, right))
}

// comparedValue is a value of the API that says itself what it can be compared with.
type comparedValue interface {
	LuaType() string // "a time"
	CompareHint() string
}

func special(value lua.LValue) (comparedValue, bool) {
	data, ok := value.(*lua.LUserData)
	if !ok {
		return nil, false
	}
	c, ok := data.Value.(comparedValue)
	return c, ok
}

// comparedName is the name of a value's type, as special values call it.
func comparedName(value lua.LValue) string {
	if c, ok := special(value); ok {
		return strings.TrimPrefix(c.LuaType(), "a ")
	}
	return typeName(value)
}

// loopBound words a bound of a numeric loop that is no number.
func (e *explainer) loopBound(which string) string {
	name, register := "'for' initial value", 0
	switch which {
	case "limit":
		name, register = "'for' limit", 1
	case "step":
		name, register = "'for' step", 2
	}
	hint := ""
	if e.code.FunctionProto != nil {
		if i := e.at(e.pc()); i.op() == lua.OP_FORPREP || i.op() == lua.OP_FORLOOP {
			hint = "it is " + withArticle(e.register(i.a()+register))
		}
	}
	return with(name+" must be a number", hint)
}
