package chunk

import (
	"fmt"
	"testing"
)

type explained struct {
	source       string
	line, column int
	message      string
	hint         string
}

func checkExplained(t *testing.T, cases []explained) {
	for _, c := range cases {
		chunk, _, p := Compile("shop/s.lua", []byte(c.source))
		if p == nil {
			t.Errorf("%q compiles", c.source)
			continue
		}
		if chunk != nil || p.Warning || p.Script != "shop/s.lua" {
			t.Errorf("%q: chunk %v, problem %+v", c.source, chunk != nil, p)
		}
		if p.Line != c.line || p.Column != c.column || p.Message != c.message || p.Hint != c.hint {
			t.Errorf("%q\n got %d:%d %s; %s\nwant %d:%d %s; %s", c.source, p.Line, p.Column, p.Message, p.Hint,
				c.line, c.column, c.message, c.hint)
		}
		want := fmt.Sprintf("shop/s.lua:%d: %s", c.line, c.message)
		if c.hint != "" {
			want += "; " + c.hint
		}
		if p.Error() != want {
			t.Errorf("Error() = %q, want %q", p.Error(), want)
		}
	}
}

func TestEscapes(t *testing.T) { checkExplained(t, escapes) }

func TestSyntaxErrors(t *testing.T) { checkExplained(t, syntaxErrors) }

var escapes = []explained{
	{"x = \"\\d\"", 1, 6, "\\d means nothing in Lua", "to match a digit with a pattern write %d, for a real backslash write \\\\d"},
	{"x = '\\x41'", 1, 6, "\\x means nothing in Lua", "write the character's decimal number, such as \\65 for A, or \\\\x for a real backslash"},
	{"x='\\z'", 1, 4, "\\z means nothing in Lua", "write [[ … ]] or join lines with .. for a long text, or \\\\z for a real backslash"},
	{"x='\\u{48}'", 1, 4, "\\u means nothing in Lua", "write the character itself (the file is UTF-8), or \\\\u for a real backslash"},
	{"x='\\.'", 1, 4, "\\. means nothing in Lua", "to match it with a pattern write %., for the character itself write ., for a real backslash write \\\\."},
	{"x='\\q'", 1, 4, "\\q means nothing in Lua", "for a real backslash write \\\\q"},
	{"x='\\300'", 1, 4, "\\300 is no character: the largest is \\255", "write the character itself, in UTF-8 if it is no ASCII one"},
	{"x='\\ä'", 1, 4, "\\ä means nothing in Lua", "for a real backslash write \\\\ä"},
}

var syntaxErrors = []explained{
	{"if a then\n  b()\n", 1, 1, "the `if` opened in line 1 is never closed with `end`", "write `end` where the block of this `if` ends"},
	{"function f()\n  if a then\n    b()\nend\n", 2, 3, "the `if` opened in line 2 is never closed with `end`", "write `end` where the block of this `if` ends"},
	{"local function f()\n  for i = 1, 2 do\n    x()\n  return 1\nend\nlocal y = 2\n", 2, 3, "the `for` opened in line 2 is never closed with `end`", "write `end` where the block of this `for` ends"},
	{"while a do\n b()\n", 1, 1, "the `while` opened in line 1 is never closed with `end`", "write `end` where the block of this `while` ends"},
	{"repeat\n a()\n", 1, 1, "the `repeat` opened in line 1 is never closed with `until`", "write `until condition` where the loop ends"},
	{"repeat a() end", 1, 12, "the `repeat` opened in line 1 is closed with `until`, not with `end`", "write `until condition`"},
	{"if a then b() until c", 1, 15, "there is no `repeat` for this `until`: the `if` opened in line 1 is still open", "close it with `end` first"},
	{"if a is nil then end", 1, 6, "`is` is not Lua", "write `==`, and `~=` for `is not`"},
	{"if a in b then end", 1, 6, "`in` compares nothing in Lua", "write `table.contains(list, value)`, `text.contains(s, part)` or `t[name] ~= nil`"},
	{"while a not in b do end", 1, 9, "`in` compares nothing in Lua", "write `table.contains(list, value)`, `text.contains(s, part)` or `t[name] ~= nil`"},
	{"if a\n  b()\nend", 1, 5, "`then` is missing behind the `if` in line 1", "write `then`"},
	{"if a b() end", 1, 6, "`then` is missing behind the `if` in line 1", "write `then` before `b`"},
	{"while a\n b() end", 1, 8, "`do` is missing behind the `while` in line 1", "write `do`"},
	{"for i = 1, 2\n x() end", 1, 13, "`do` is missing behind the `for` in line 1", "write `do`"},
	{"for k, v in pairs(t) x() end", 1, 22, "`do` is missing behind the `for` in line 1", "write `do` before `x`"},
	{"local s = \"abc\nx()", 1, 11, "the text that starts here is never closed", "end it with \" in the same line, or write [[ … ]] for a text of several lines"},
	{"local s = [[abc\nx()", 1, 11, "the text that starts here is never closed", "end it with `]]`"},
	{"local t = { a = 1, b = 2\nlocal y = 1", 1, 11, "the `{` opened in line 1 is never closed with `}`", "write `}` where the table ends"},
	{"f(1, 2\nlocal y = 1", 2, 1, "`)` is missing for the `(` in line 1", "a comma may be missing too"},
	{"f(a b)", 1, 5, "`)` is missing for the `(` in line 1", "a comma may be missing too"},
	{"x = a[1", 1, 8, "`]` is missing for the `[` in line 1", ""},
	{"--[[ abc", 1, 1, "the comment that starts here is never closed", "end it with `]]`"},
	{"if a != b then end", 1, 6, "`!=` is not Lua", "write `~=`"},
	{"i += 1", 1, 3, "`+=` is not Lua", "write `i = i + 1`"},
	{"i -= 1", 1, 3, "`-=` is not Lua", "write `i = i - 1`"},
	{"i ++", 1, 3, "`++` is not Lua", "write `i = i + 1`"},
	{"i++", 1, 2, "`++` is not Lua", "write `i = i + 1`"},
	{"i--\nx()", 1, 1, "`--` starts a comment", "to count down write `i = i - 1`"},
	{"s ..= 'x'", 1, 3, "`..=` is not Lua", "write `s = s .. \"…\"`"},
	{"order.count += 1", 1, 13, "`+=` is not Lua", "write `i = i + 1`"},
	{"x = a ? b : c", 1, 7, "`a ? b : c` is not Lua", "write `a and b or c`"},
	{"local x = a ? b : c", 1, 13, "`a ? b : c` is not Lua", "write `a and b or c`"},
	{"if a then\n  b()\nelse if c then\n  d()\nend\nlocal z = 1", 3, 1, "`else if` opens a second `if` that needs an `end` of its own", "write `elseif`"},
	{"if a && b then end", 1, 6, "`&&` is not Lua", "write `and`"},
	{"if a || b then end", 1, 6, "`||` is not Lua", "write `or`"},
	{"if !a then end", 1, 4, "`!` is not Lua", "write `not`"},
	{"# comment", 1, 1, "`#` starts no comment in Lua", "write `--`"},
	{"x()\n# comment", 2, 1, "`#` starts no comment in Lua", "write `--`"},
	{"local y = 5 # comment", 1, 13, "`#` starts no comment in Lua", "write `--`"},
	{"// comment", 1, 1, "`//` starts no comment in Lua", "write `--`"},
	{"x() // comment here", 1, 5, "`//` starts no comment in Lua", "write `--`"},
	{"local y = a // b", 1, 13, "`//` is not Lua", "write `math.floor(a / b)` to divide without a rest"},
	{"local y = 7 // 2 + 1", 1, 13, "`//` is not Lua", "write `math.floor(a / b)` to divide without a rest"},
	{"local s = f\"hi {x}\"", 1, 11, "`f\"…\"` is not Lua", "join texts with `..`, or write string.format(\"… %s …\", value)"},
	{"local s = r\"hi\"", 1, 11, "`r\"…\"` is not Lua", "write plain quotes, or [[ … ]] for a text with backslashes"},
	{"for i = 1, 2 do\n  if i then continue end\nend", 2, 13, "Lua has no `continue`", "write `goto continue`, and `::continue::` before the `end` of the loop"},
	{"for i=1,2 do continue\nend", 1, 14, "Lua has no `continue`", "write `goto continue`, and `::continue::` before the `end` of the loop"},
	{"def f(x):\n  return x", 1, 1, "`def` is not Lua", "write `local function f(…) … end`"},
	{"if a then b() elif c then d() end", 1, 15, "`elif` is not Lua", "write `elseif … then`"},
	{"elif x:", 1, 1, "`elif` is not Lua", "write `elseif … then`"},
	{"if a:\n  b()", 1, 5, "`:` opens no block in Lua", "write `then` behind a condition, `do` behind a loop's head"},
	{"if a == 1:\n  b()", 1, 10, "`:` opens no block in Lua", "write `then`"},
	{"else:", 1, 1, "there is no open block for this `else`", "look for an `end` too many above"},
	{"for x in y:\n z()", 1, 11, "`:` opens no block in Lua", "write `then` behind a condition, `do` behind a loop's head"},
	{"while a:\n b()", 1, 8, "`:` opens no block in Lua", "write `then` behind a condition, `do` behind a loop's head"},
	{"if a then b() else: c() end", 1, 19, "`:` opens no block in Lua", "delete it"},
	{"const x = 1", 1, 1, "`const` is not Lua", "write `local x = …`"},
	{"let x = 1", 1, 1, "`let` is not Lua", "write `local x = …`"},
	{"var x = 1", 1, 1, "`var` is not Lua", "write `local x = …`"},
	{"local const x = 1", 1, 7, "`const` is not Lua here", "write `local x = …`"},
	{"f(function(x) => x end)", 1, 15, "`=>` is not Lua", "write `function(x) … end`"},
	{"local f = (x) => x", 1, 15, "`=>` is not Lua", "write `function(x) … end`"},
	{"local s = “hi”", 1, 11, "“ and ” are no quotes in Lua", "type plain quotes \"…\""},
	{"local s = ‘hi’", 1, 11, "‘ and ’ are no quotes in Lua", "type plain quotes '…'"},
	{"local function a.b() end", 1, 17, "a function with a dot or colon in its name can't be local", "write `function a.…` without `local`"},
	{"local a.b = 1", 1, 8, "only a plain name can be local", "write `a.…` without `local`"},
	{"x = = 1", 1, 5, "`= =` is not Lua", "write `==` to compare, or one `=` to assign"},
	{"if x = 1 then end", 1, 6, "`=` assigns, and a condition compares", "write `==`"},
	{"while x = 1 do end", 1, 9, "`=` assigns, and a condition compares", "write `==`"},
	{"local t = { a = 1 b = 2 }", 1, 19, "a comma is missing behind the entry of line 1", "write `,` before `b`"},
	{"local t = {\n  a = 1,\n  b = 2\n  c = 3\n}", 3, 8, "a comma is missing behind the entry of line 3", "write `,`"},
	{"local t = { 'a' 'b' }", 1, 17, "there is nothing between two texts", "join them with `..`"},
	{"local t = { a: 1 }", 1, 14, "`:` calls a method, so its name must follow", "in a table write `name = value`"},
	{"local t = { \"a\": 1 }", 1, 16, "a table's field is written with `=`, not with `:`", "write `name = value` or `[\"name\"] = value`"},
	{"local t = [1, 2]", 1, 11, "brackets make no list in Lua", "write the list in braces: `{ a, b, c }`"},
	{"local t = { x = [1, 2] }", 1, 17, "brackets make no list in Lua", "write the list in braces: `{ a, b, c }`"},
	{"function f() {\n return 1 }", 1, 14, "Lua has no blocks in braces", "write `function(…) … end`"},
	{"if (a) {\n b()\n}", 1, 8, "Lua has no blocks in braces", "write `then … end` behind a condition, `do … end` behind a loop's head"},
	{"x == 1", 1, 3, "`==` compares", "to assign write one `=`"},
	{"x", 1, 1, "`x` alone does nothing", "call it: `x(…)`, or assign to it: `x = …`"},
	{"x.y", 1, 1, "this value alone does nothing", "call it: `x(…)`, or assign to it: `x = …`"},
	{"f", 1, 1, "`f` alone does nothing", "call it: `f(…)`, or assign to it: `f = …`"},
	{"print x", 1, 7, "`print x` is no statement", "a call needs parentheses: `print(x)`, an assignment `=`"},
	{"print \"a\" .. b", 1, 11, "a statement can't begin with `..`", ""},
	{"return 1\nx()", 2, 1, "`return` must be the last statement of its block", "put `end` before this line, or write `do return end`"},
	{"break", 1, 1, "`break` leaves a loop, and there is none around it", "to leave the function write `return`"},
	{"goto nowhere", 1, 6, "there is no label `nowhere` that this goto could reach", "write `::nowhere::` where it should go on"},
	{"goto a; local x; ::a:: x()", 1, 6, "this goto jumps over `local x` to a place where it is in use", "declare `x` before the goto, or put the lines between into `do … end`"},
	{"::a:: ::a::", 1, 9, "the label `a` is already there in line 1", "give it another name"},
	{"end", 1, 1, "there is no open block for this `end`", "delete it, or look for a `then`, `do` or `function` that is missing above"},
	{"x()\nend", 2, 1, "there is no open block for this `end`", "delete it, or look for a `then`, `do` or `function` that is missing above"},
	{"if a then end end", 1, 15, "there is no open block for this `end`", "delete it, or look for a `then`, `do` or `function` that is missing above"},
	{"nil = 1", 1, 1, "`nil` alone does nothing", "assign it to a variable, or call a function with it"},
	{"f() = 1", 1, 1, "a value can only be assigned to a name or a field", "write `local name = …` or `t.name = …`"},
	{"(a) = 1", 1, 1, "a value can only be assigned to a name or a field", "write `local name = …` or `t.name = …`"},
	{"local end = 1", 1, 7, "`end` is a word of Lua and can't be the name of a variable", "choose another name"},
	{"t.end = 1", 1, 3, "`end` is a word of Lua and can't stand behind a dot or colon", "write `[\"end\"]`"},
	{"t = { end = 1 }", 1, 7, "`end` is a word of Lua and can't be a name here", "write `[\"end\"] = …`"},
	{"x = 12abc", 1, 5, "`12abc` is no number", "a name may not begin with a digit, and a text needs quotes"},
	{"x = 1_000", 1, 5, "`1_000` is no number", "write the digits without `_`"},
	{"x = 1..2", 1, 5, "`1..2` is no number", "put a blank before the `..` that joins texts"},
	{"x = 1.2.3", 1, 5, "`1.2.3` is no number", "a name may not begin with a digit, and a text needs quotes"},
	{"x = 0x", 1, 5, "`0x` is no number", "a name may not begin with a digit, and a text needs quotes"},
	{"x <> y", 1, 3, "a comparison alone does nothing", "put it behind `if`, or assign it"},
	{"if a <> b then end", 1, 7, "`<>` is not Lua", "write `~=`"},
	{"x = a ** b", 1, 8, "`**` is not Lua", "write `a ^ b`"},
	{"a, b += 1", 1, 6, "`+=` is not Lua", "write `b = b + 1`"},
	{"local x: int = 1", 1, 8, "a variable has no type in Lua", "write `local x = …`"},
	{"local x <const> = 1", 1, 9, "`<const>` and `<close>` are not there in this Lua", "leave it out"},
	{"local x 5", 1, 9, "`=` is missing behind `local x`", "write `local x = …`"},
	{"function f(a = 1) end", 1, 14, "a parameter has no default value in Lua", "write `a = a or …` as the function's first line"},
	{"function f(a: int) end", 1, 13, "a parameter has no type in Lua", "write `a` alone"},
	{"function() end", 1, 9, "this function has no name and no place", "write `local name = function(…)` or `return function(…)`"},
	{"return function(", 1, 17, "the name of a parameter is expected here, not the end of the file", ""},
	{"x = ", 1, 5, "a value is missing before the end of the file", ""},
	{"x = 1 +", 1, 8, "a value is missing before the end of the file", ""},
	{"f(1,)", 1, 5, "a value is missing before `)`", ""},
	{"f\n(x)", 2, 1, "a line that begins with `(` could belong to the line before", "write `;` at its beginning, or put it into the line before"},
	{"import json", 1, 1, "`import` is not Lua", "write `local name = require \"lib.name\"`"},
	{"try:\n x()", 1, 1, "`try` is not Lua", "write `local ok, err = pcall(function() … end)`"},
	{"raise x", 1, 1, "`raise` is not Lua", "write `error(\"…\")`"},
	{"switch x", 1, 1, "Lua has no `switch`", "write `if … elseif … end`"},
	{"class A", 1, 1, "`class` is not Lua", "a file is an action by itself: write `return function(dispatcher, tracker, domain) … end`"},
	{"x = new Foo()", 1, 5, "`new` is not Lua", "call the function: `Foo(…)`"},
	{"function f(...)\n return function() return ... end end", 2, 27, "`...` is only there in a function that has it among its parameters", "write `function(...)`"},
	{"x = \"a\" \"b\"", 1, 9, "there is nothing between two texts", "join them with `..`"},
	{"x = \"a %s\" % b", 1, 12, "`%` does not fill in texts in Lua", "write string.format(text, value)"},
	{"x = \"a\".upper()", 1, 8, "a text needs parentheses before `.`", "write (\"a\").…"},
	{"x = \"a\":upper()", 1, 8, "a text needs parentheses before `:`", "write (\"a\"):…"},
	{"x = @y", 1, 5, "`@` is not Lua", "delete it; Lua has no decorators"},
	{"x = $y", 1, 5, "`$` is not Lua", "join texts with `..`"},
	{"x = `a`", 1, 5, "the backquote is not Lua", "write plain quotes \"…\" and join texts with `..`"},
	{"local ä = 1", 1, 7, "`ä` may not stand in a name", "names have the letters a-z and A-Z, digits and _; put texts in quotes"},
	{"local x = 1 and", 1, 16, "a value is missing before the end of the file", ""},
	{"x = a & b", 1, 7, "Lua has no operator `&`", "for texts use `..`, for conditions `and`"},
	{"a.b:c = 1", 1, 4, "`:` calls a method, so parentheses must follow", "write `:c(…)`, or `.c` for a field; in a table write `name = value`"},
	{"if a then else else end", 1, 16, "this `if` of line 1 has already had its `else`", "put every `elseif` before the `else`"},
	{"/* a */", 1, 1, "`/* … */` is no comment in Lua", "write `--` in each line, or --[[ … ]]"},
	{"x = {1,2,3", 1, 5, "the `{` opened in line 1 is never closed with `}`", "write `}` where the table ends"},
	{"x = 'abc", 1, 5, "the text that starts here is never closed", "end it with '"},
	{"\xff", 1, 1, "there is a byte here that is no UTF-8 text", "save the file as UTF-8"},
	{"x\u00a0= 1", 1, 2, "there is a non-breaking space here, which looks like a blank but is none", "delete it and type a blank"},
	{"for i in 1, 2, 3 do", 1, 1, "the `for` opened in line 1 is never closed with `end`", "write `end` where the block of this `for` ends"},
	{"for i = 1 do end", 1, 11, "a counting loop needs a first and a last number", "write `for i = 1, 10 do`"},
	{"for (i = 1; i < 2; i++) {", 1, 5, "a loop's head has no parentheses in Lua", "write `for i = 1, n do … end`, or `for i, item in ipairs(list) do … end`"},
	{"say('it's ' .. x)", 1, 5, "this text ends at its second ', before `s`", "write \\' for that mark inside of the text, or put other quotes around the text"},
	{"say(\"a \"big\" one\")", 1, 5, "this text ends at its second \", before `big`", "write \\\" for that mark inside of the text, or put other quotes around the text"},
	{"say([[a]]b)", 1, 10, "`)` is missing for the `(` in line 1", "a comma may be missing too"},
	{"local first-name = 1", 1, 12, "a name can't have `-` in it", "write `local first_name = …`"},
	{"if t:get(\"a\") {\n  return 1\n}", 1, 15, "Lua has no blocks in braces", "write `then … end` behind a condition, `do … end` behind a loop's head"},
	{"local x = a or\nend", 2, 1, "a value is missing before the word `end`", "write it behind `or` in line 1, or delete that"},
	{"local t = {\n  a = 1\nd:say(t)\nend", 2, 8, "a comma is missing behind the entry of line 2", "write `,`, or `}` if the table ends there"},
	{"for x of y do end", 1, 7, "`for … of` is not Lua", "write `for i, value in ipairs(list) do`"},
	{"then", 1, 1, "`then` stands here without its `if` or loop", ""},
	{"x = a.b.", 1, 9, "the name of a field is expected here, not the end of the file", ""},
	{"return return", 1, 8, "a value is missing before the word `return`", "`return` is a word of Lua and no name for a variable"},
	{"a.1 = 2", 1, 2, "a place in a list is written in brackets", "write `a[1]`"},
	{"x = not", 1, 8, "a value is missing before the end of the file", ""},
	{"local x = function", 1, 19, "`(` is missing behind `function`", "write `function name(…)`, also without parameters"},
	{"until x", 1, 1, "there is no open block for this `until`", "look for an `end` too many above"},
	{"if x then\n  y()\n  end\nend", 4, 1, "there is no open block for this `end`", "delete it, or look for a `then`, `do` or `function` that is missing above"},
	{"local f = function(x) return x end)", 1, 35, "there is no open `(` for this `)`", "delete it"},
	{"t[#t + 1 = x", 1, 10, "`]` is missing for the `[` in line 1", ""},
}
