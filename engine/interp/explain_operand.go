package interp

import (
	"strconv"
	"strings"

	lua "github.com/yuin/gopher-lua"

	"github.com/luaction/luaction/engine/interp/chunk"
	"github.com/luaction/luaction/engine/interp/number"
)

// operand is what an instruction worked on, as the author wrote it.
type operand struct {
	kind  string     // Lua's word: "local", "global", "upvalue", "field", "method"; "" if it has no name
	name  string     // with kind
	text  string     // the expression, "" if it can't be told
	value lua.LValue // nil (of Go) if it can't be told
	base  *operand   // of a field or method: what it was looked up in; of a local: what gave it its value
}

// is tells whether the operand's value is known to be of the type that the interpreter library names.
func (o operand) is(kind string) bool { return o.value != nil && o.value.Type().String() == kind }

// said is the expression, or words for one that can't be told.
func (o operand) said() string {
	if o.text != "" {
		return o.text
	}
	return "the value"
}

// site is a place in a script's code: a call and the instruction that it executes.
type site struct {
	s     *State
	L     *lua.LState
	frame *callFrame
	steps *int // how many registers were followed
	code
}

func (p site) pc() int { return p.frame.Pc - 1 }

// register returns the value of a register of the call.
func (p site) register(n int) lua.LValue {
	registers := p.s.in.registers(p.L)
	if at := p.frame.LocalBase + n; at < len(registers) && registers[at] != nil {
		return registers[at]
	}
	return lua.LNil
}

const (
	maxDepth    = 6  // how deep an expression is followed
	maxFollowed = 60 // how many registers of it
	maxSaid     = 60 // how long it may get
)

// either returns the operand that is a register or a constant.
func (p site) either(which, pc int) operand {
	if which&constantBit != 0 {
		return constant(p.Constants[which&^constantBit])
	}
	return p.operand(which, pc)
}

func constant(value lua.LValue) operand {
	o := operand{value: value}
	if text, ok := value.(lua.LString); ok {
		o.text = quoted(string(text))
	} else if text, ok := asText(value); ok {
		o.text = text
	}
	return o
}

func quoted(text string) string { return strconv.Quote(shorten(text)) }

// operand returns what the instruction at pc finds in a register, with its value if pc is where the call is now.
func (p site) operand(register, pc int) operand {
	o := p.origin(register, pc, 0)
	if pc == p.pc() {
		o.value = p.register(register)
	}
	return o
}

// temporary is operand for a register that is no variable's.
func (p site) temporary(register, pc int) operand {
	o := p.made(register, pc, 0)
	if pc == p.pc() {
		o.value = p.register(register)
	}
	return o
}

func (p site) origin(register, pc, depth int) operand {
	if name, ok := p.local(register, pc); ok {
		o := operand{kind: "local", name: name, text: name, value: p.register(register)}
		if depth <= 1 {
			made := p.made(register, pc, depth)
			o.base = &made
		}
		return o
	}
	return p.made(register, pc, depth)
}

// made follows a register to the instruction that set it.
func (p site) made(register, pc, depth int) operand {
	if *p.steps++; *p.steps > maxFollowed || depth > maxDepth {
		return operand{}
	}
	at := p.setter(register, pc)
	if at < 0 {
		return operand{}
	}
	i := p.at(at)
	switch i.op() {
	case lua.OP_MOVE, lua.OP_MOVEN:
		return p.origin(i.b(), at, depth+1)
	case lua.OP_LOADK:
		if value := p.Constants[i.bx()]; value != lua.LValue(chunk.Type()) {
			return constant(value)
		}
		return operand{kind: "global", name: chunk.TypeName, text: chunk.TypeName, value: chunk.Type()}
	case lua.OP_LOADNIL:
		return operand{text: "nil", value: lua.LNil}
	case lua.OP_GETUPVAL:
		name := p.DbgUpvalues[i.b()]
		if !isName(name) {
			return operand{}
		}
		return operand{kind: "upvalue", name: name, text: name, value: p.frame.Fn.Upvalues[i.b()].Value()}
	case lua.OP_GETGLOBAL:
		name, _ := p.Constants[i.bx()].(lua.LString)
		if !isName(string(name)) {
			return operand{}
		}
		return operand{kind: "global", name: string(name), text: string(name), value: p.s.globals.RawGetString(string(name))}
	case lua.OP_GETTABLE, lua.OP_GETTABLEKS:
		return p.field(i, at, depth)
	case lua.OP_SELF:
		return p.method(i, at, register, depth)
	case lua.OP_CALL:
		if register == i.a() {
			return p.call(i, at, depth)
		}
	}
	return operand{}
}

func (p site) field(i instruction, at, depth int) operand {
	base := p.origin(i.b(), at, depth+1)
	o := operand{kind: "field", name: "?", base: &base}
	key := p.key(i.c(), at, depth)
	if text, ok := key.value.(lua.LString); ok && key.kind == "" {
		o.name = string(text)
	}
	if base.text == "" {
		return o
	}
	if isName(o.name) {
		o.text = limited(base.text + "." + o.name)
	} else if key.text != "" {
		o.text = limited(base.text + "[" + key.text + "]")
	}
	if t, ok := base.value.(*lua.LTable); ok && key.value != nil {
		o.value = p.s.member(t, key.value)
	}
	return o
}

func (p site) key(which, at, depth int) operand {
	if which&constantBit != 0 {
		return p.either(which, at)
	}
	return p.origin(which, at, depth+1)
}

// method is what o:name looked up; in the register above it lies o.
func (p site) method(i instruction, at, register, depth int) operand {
	base := p.origin(i.b(), at, depth+1)
	if register != i.a() {
		return base
	}
	name, ok := p.code.text(i.c())
	if !ok {
		return operand{}
	}
	o := operand{kind: "method", name: name, base: &base}
	if base.text != "" {
		o.text = limited(base.text + ":" + name)
	}
	return o
}

// call is the first result of a call.
func (p site) call(i instruction, at, depth int) operand {
	fn := p.made(i.a(), at, depth+1)
	if fn.text == "" || i.b() == 0 {
		return operand{}
	}
	first := 1
	if fn.kind == "method" {
		first = 2
	}
	arguments := make([]string, 0, i.b())
	for n := first; n < i.b(); n++ {
		text := p.made(i.a()+n, at, depth+1).text
		if text == "" {
			text = "…"
		}
		arguments = append(arguments, text)
	}
	return operand{text: limited(fn.text + "(" + strings.Join(arguments, ", ") + ")")}
}

// limited is the expression, or nothing if it is too long to be read in a message.
func limited(text string) string {
	if len(text) > maxSaid {
		return ""
	}
	return text
}

// member reads a field as scripts see it, without running anything of theirs.
func (s *State) member(t *lua.LTable, key lua.LValue) lua.LValue {
	if v := s.opened(t).RawGet(key); v != lua.LNil {
		return v
	}
	if g := s.guardOf(t); g != nil && g.Members != nil {
		return g.Members.RawGet(key)
	}
	return nil
}

func joinable(v lua.LValue) bool { return lua.LVCanConvToString(v) }

// reckonable tells whether Lua takes a value for a number.
func reckonable(v lua.LValue, kind string) bool {
	if v == nil {
		return kind == "number"
	}
	_, ok := number.From(v)
	return ok
}
