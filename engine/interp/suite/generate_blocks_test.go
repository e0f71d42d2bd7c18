package suite_test

import "strings"

// inLoop writes the body of a loop, or something plain where loops are nested too deep already.
func (g *generator) inLoop(body func()) {
	g.loops++
	g.block(body)
	g.loops--
}

func (g *generator) deep() bool {
	if g.loops >= 2 {
		g.plain()
		return true
	}
	return false
}

// leave writes a break now and then.
func (g *generator) leave() {
	if g.IntN(3) == 0 {
		g.line("if " + g.boolean(2) + " then " + g.one("out('break') ", "") + "break end")
	}
}

func (g *generator) numberFor() {
	if g.deep() {
		return
	}
	i := g.name("n")
	step := g.one("", ", 1", ", 2", ", 0.5", ", -1", ", -0.25")
	g.line("for " + i + " = " + g.one(g.integer(-3, 6), "("+g.num(2)+") % 5") + ", " + g.one(g.integer(-3, 8), "("+g.num(2)+") % 7") + step + " do")
	g.inLoop(func() {
		g.declare("n", i)
		g.some()
		g.leave()
		g.plain()
	})
	g.line("end")
}

func (g *generator) genericFor() {
	if g.deep() {
		return
	}
	i, v := g.name("n"), g.name("n")
	switch g.IntN(4) {
	case 0:
		g.line("for " + i + ", " + v + " in ipairs({unpack(" + g.tab() + ", 1, 9)}) do") // a copy: the body may add to it
	case 1:
		g.line("for " + i + ", " + v + " in pairs({" + g.numbers(g.IntN(5)) + "}) do")
	case 2:
		g.line("for " + i + ", " + v + " in (function(_, k) if k < " + g.integer(0, 6) + " then return k + 1, k * k end end), nil, 0 do")
	default:
		word := g.name("s")
		g.line("for " + word + " in string.gmatch(" + g.str(2) + ", " + g.one("'%a'", "'%w+'", "'.'", "'()a?'", "'[^b]*'") + ") do")
		g.inLoop(func() {
			g.line("out(" + word + ")")
			g.leave()
		})
		g.line("end")
		return
	}
	g.inLoop(func() {
		g.declare("n", i)
		g.declare("n", v)
		g.fixed[i] = true // the iterator goes on from it
		g.some()
		g.leave()
	})
	g.line("end")
}

func (g *generator) whileLoop() {
	if g.deep() {
		return
	}
	i := g.name("n")
	g.fixed[i] = true
	g.line("local " + i + " = 0")
	g.declare("n", i)
	g.line("while " + i + " < " + g.integer(0, 6) + g.one("", " and ("+g.boolean(1)+" or true)") + " do")
	g.inLoop(func() {
		g.line(i + " = " + i + " + 1")
		g.some()
		g.leave()
	})
	g.line("end")
}

func (g *generator) repeatLoop() {
	if g.deep() {
		return
	}
	i := g.name("n")
	g.fixed[i] = true
	g.line("local " + i + " = 0")
	g.declare("n", i)
	g.line("repeat")
	done := g.name("b")
	g.inLoop(func() {
		g.line(i + " = " + i + " + 1")
		g.some()
		g.line("local " + done + " = " + g.boolean(2))
		g.plain()
	})
	g.line("until " + done + " or " + i + " > " + g.integer(0, 4))
}

// continueLoop is a loop whose body is left with goto; Lua 5.1 breaks out of a loop around the body.
func (g *generator) continueLoop() {
	if g.deep() {
		return
	}
	i, label := g.name("n"), g.name("next")
	g.line("for " + i + " = 1, " + g.integer(1, 5) + " do " + dialect + instead + "repeat" + decided)
	g.inLoop(func() {
		g.declare("n", i)
		g.plain()
		g.line("local keep = function() " + i + " = " + i + " + 1 return " + i + " end")
		g.line("if " + g.boolean(2) + " then out('next', keep()) " + dialect + "goto " + label + instead + "break" + decided + " end")
		g.some()
	})
	g.line(dialect + "::" + label + "::" + instead + "until true" + decided + " end")
}

// gotoLoop jumps back; the locals of its body are new ones each time.
func (g *generator) gotoLoop() {
	if g.deep() {
		return
	}
	i, label, list := g.name("n"), g.name("top"), g.name("list")
	g.fixed[i] = true
	g.line("local " + i + ", " + list + " = 0, {}")
	g.declare("n", i)
	g.line(dialect + "::" + label + "::" + instead + "repeat" + decided + " do")
	g.inLoop(func() {
		g.local("n", g.num(2))
		n := g.variable("n")
		if !g.fixed[n] {
			g.line(list + "[#" + list + " + 1] = function() " + n + " = " + n + " + 1 return " + n + " end")
		}
		g.some()
	})
	g.line("end " + i + " = " + i + " + 1 " + dialect + "if " + i + " < 3 then goto " + label + " end" + instead + "until " + i + " >= 3" + decided)
	g.line("for i = 1, #" + list + " do out(" + list + "[i](), " + list + "[i]()) end")
}

// function declares a function of a number and calls it.
func (g *generator) function() {
	name, parameter := g.name("f"), g.name("n")
	vararg := g.IntN(3) == 0
	rest := ""
	if vararg {
		rest = ", ..."
	}
	if g.IntN(2) == 0 {
		g.line("local function " + name + "(" + parameter + rest + ")")
	} else {
		g.line("local " + name + " = function(" + parameter + rest + ")")
	}
	was, loops, inFn := g.vararg, g.loops, g.inFn
	g.vararg, g.loops, g.inFn = vararg, 1, true
	functions := g.scope["f"]
	g.scope["f"] = functions[:min(len(functions), 2)] // calls of calls of calls take long
	g.block(func() {
		g.declare("n", parameter)
		g.line(parameter + " = " + parameter + " or 1")
		g.some()
		if g.IntN(3) == 0 {
			g.line("if " + g.boolean(2) + " then return " + g.num(2) + " end")
		}
		g.line("do return " + g.one(g.num(2), parameter, g.num(1)+", "+g.str(1), "math.floor("+parameter+")") + " end")
	})
	g.scope["f"] = functions
	g.vararg, g.loops, g.inFn = was, loops, inFn
	g.line("end")
	g.line("out(" + name + "(" + g.num(1) + g.one("", ", "+g.num(1), ", "+g.str(1)+", nil") + "))")
	g.declare("f", name)
}

// closures makes functions in a loop that share variables, and calls them behind it.
func (g *generator) closures() {
	if g.deep() {
		return
	}
	list, i, shared := g.name("list"), g.name("n"), g.name("n")
	g.line("local " + list + ", " + shared + " = {}, " + g.num(1))
	g.declare("n", shared)
	g.line(g.one("for "+i+" = 1, 4 do", "for "+i+" in ipairs({1, 2, 3}) do"))
	g.inLoop(func() {
		g.declare("n", i)
		own := g.name("n")
		g.line("local " + own + " = " + g.num(2))
		g.declare("n", own)
		g.line(list + "[" + i + "] = { function(d) " + own + " = " + own + " + d " + shared + " = " + shared + " + 1 return " + own +
			" end, function() return " + own + ", " + i + ", " + shared + " end }")
		g.leave()
		g.some()
	})
	g.line("end")
	g.line("for _, pair in ipairs(" + list + ") do out(pair[1](" + g.num(1) + "), pair[2]()) end")
}

// protected runs something that fails, often.
func (g *generator) protected() {
	g.line("out(told(" + g.one("pcall(", "xpcall(") + "function()")
	vararg, loops := g.vararg, g.loops
	g.vararg, g.loops = false, 1
	g.block(func() {
		g.some()
		g.line(g.one(
			"error("+g.str(1)+")",
			"error("+g.str(1)+", "+g.integer(0, 3)+")",
			"error({})",
			"error()",
			"local function thrower(v) error(v, 2) end thrower("+g.str(1)+")",
			"local x = nil; x.y = 1",
			"local x = {} out(x.y.z)",
			"out(1 + {})", "out(#nil)", "out({} < {})", "out(1 < '2')", "out('a' + 1)", "out(nil .. 'x')",
			"assert("+g.boolean(2)+", 'claim')",
			"string.rep()", "out(('x'):nothing())", "setmetatable(1, {})", "local t = {} t[nil] = 1",
			"return "+g.num(2)+", "+g.str(2)+", nil",
			"for i = 1, 'x' do end",
			"return pcall(error, "+g.str(1)+")",
		))
	})
	g.vararg, g.loops = vararg, loops
	g.line("end" + g.one(")))", ", function(e) return e end)))"))
}

func (g *generator) coroutine() {
	if g.deep() {
		return
	}
	co, wrap := g.name("co"), g.IntN(2) == 0
	make := "coroutine.create"
	if wrap {
		make = "coroutine.wrap"
	}
	arg := g.name("n")
	g.line("local " + co + " = " + make + "(function(" + arg + ")")
	vararg, loops := g.vararg, g.loops
	g.vararg, g.loops = false, 1
	g.block(func() {
		g.declare("n", arg)
		g.line(arg + " = " + arg + " or 1")
		g.some()
		g.line("for i = 1, " + g.integer(0, 3) + " do")
		g.inLoop(func() {
			g.line(arg + " = (tonumber((coroutine.yield(i, " + g.num(2) + "))) or 1) % 1000")
			g.plain()
		})
		g.line("end")
		g.line(g.one("error('in coroutine')", "do return "+g.num(1)+", 'end' end", "out(pcall(coroutine.yield, 1) and 1 or 0)", "local t = nil; t()"))
	})
	g.vararg, g.loops = vararg, loops
	g.line("end)")
	for range 2 + g.IntN(3) {
		if wrap {
			g.line("out(told(pcall(" + co + ", " + g.num(1) + ")))")
		} else {
			g.line("out(coroutine.status(" + co + "), told(coroutine.resume(" + co + ", " + g.num(1) + ")))")
		}
	}
}

// metatable makes objects with random metamethods and uses them.
func (g *generator) metatable() {
	vararg := g.vararg
	g.vararg = false
	defer func() { g.vararg = vararg }()
	class, a, b := g.name("class"), g.name("o"), g.name("o")
	g.line("local " + class + " = { kind = 'class' }")
	for _, event := range []string{"add", "sub", "mul", "div", "mod", "pow", "unm", "concat", "call", "len"} {
		if g.IntN(3) > 0 {
			g.line(class + ".__" + event + " = function(x, y) return '" + event + "(' .. shown(x) .. ',' .. shown(y) .. ')' end")
		}
	}
	for _, event := range []string{"eq", "lt", "le"} {
		if g.IntN(2) > 0 {
			g.line(class + ".__" + event + " = function(x, y) out('" + event + "', shown(x), shown(y)) return " +
				g.one("x.v < y.v", "x.v == y.v", "1", "nil") + " end")
		}
	}
	g.line(class + ".__index = " + g.one(class, "function(t, k) return 'no ' .. tostring(k) end", "setmetatable({ far = 1 }, { __index = "+class+" })", "nil"))
	if g.IntN(3) == 0 {
		g.line(class + ".__newindex = " + g.one("function(t, k, v) rawset(t, k, shown(v) .. '!') end", "{}", class))
	}
	if g.IntN(2) == 0 {
		g.line(class + ".__tostring = function(x) return '<' .. x.v .. '>' end")
	}
	g.line("local " + a + ", " + b + " = setmetatable({ v = " + g.integer(1, 3) + " }, " + class + "), setmetatable({ v = " + g.integer(1, 3) + " }, " + g.one(class, class, "{}") + ")")
	operand := func() string { return g.one(a, a, b, g.num(1), "("+g.str(1)+")", "nil") }
	for range 3 + g.IntN(4) {
		x, y := operand(), operand()
		what := g.one(x+" + "+y, x+" - "+y, x+" * "+y, x+" / "+y, x+" % "+y, x+" ^ "+y, "-("+x+")", "("+x+") .. ("+y+")", "("+x+") .. '-' .. ("+y+") .. 1",
			"("+x+") == ("+y+")", "("+x+") < ("+y+")", "("+x+") <= ("+y+")", "("+x+") > ("+y+")", "("+x+") ~= ("+y+")",
			a+"("+y+")", "#"+a, a+".v", a+".kind", a+".far", a+".none", b+".kind", "rawget("+a+", 'kind')", "rawequal("+a+", "+b+")",
			"(tostring("+a+"):sub(1, 5) == 'table')")
		g.line("out(told(pcall(function() return shown(" + strings.TrimSpace(what) + ") end)))")
	}
	g.line(a + "." + g.one("v", "w", "kind") + " = " + g.num(1))
	g.line("out(shown(" + a + ".w), rawget(" + a + ", 'w'), " + class + ".w)")
}

// patterns tries the functions that take one.
func (g *generator) patterns() {
	vararg := g.vararg
	g.vararg = false
	defer func() { g.vararg = vararg }()
	s := g.str(2)
	for range 2 + g.IntN(3) {
		p := g.pattern()
		g.line("out(succeeded(pcall(" + g.one(
			"string.find, "+s+", "+p+g.one("", ", "+g.integer(-5, 5)),
			"string.match, "+s+", "+p+g.one("", ", "+g.integer(-5, 5)),
			"string.gsub, "+s+", "+p+", "+g.one("'<%0>'", "'%1'", "'x'", "string.upper", "{ a = 'A', b = false }"),
			"function() local list = {} for a, b in string.gmatch("+s+", "+strings.TrimPrefix(strings.Replace(p, "'^", "'", 1), "")+
				") do list[#list + 1] = tostring(a) .. ':' .. tostring(b) if #list > 30 then break end end return table.concat(list, ' ') end",
		) + ")))")
	}
}
