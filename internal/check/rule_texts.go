package check

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/luaction/luaction/database/statement"
	"github.com/luaction/luaction/engine/interp/pattern"
	"github.com/luaction/luaction/internal/check/tree"
	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/spell"
)

// checkSpecial is for what single functions ask of their arguments beyond types.
func (p *pass) checkSpecial(c *checkedCall) {
	c.twoValues()
	switch c.fn.module.Name {
	case "db", "tx":
		c.statement()
	case "string":
		c.luaText()
	case "re":
		c.expression()
	case "require":
		c.required()
	case "files":
		c.dataFile()
	case "knowledge":
		c.knowledgeData()
	case "dispatcher":
		c.message()
	case "form":
		c.formParts()
	case "http":
		c.bodies()
	case "tracker":
		if c.fn.member.Name == "add_slots" && len(c.args) == 1 {
			if list, ok := c.args[0].(*tree.Table); ok {
				c.checkEvents(list)
			}
		}
	}
}

// bodies finds requests that are to send two things at once.
func (c *checkedCall) bodies() {
	for i := range c.args {
		options := c.constructor(&tree.Call{Args: c.args}, i)
		before := ""
		for _, name := range []string{"json", "form", "body"} {
			e := field(options, name)
			if e == nil || c.typeOf(e).kind == isNil {
				continue
			}
			if before != "" {
				c.add("one-body", e, fmt.Sprintf("a request takes one of json, form and body, and here are `%s` and `%s`", before, name), "leave one of them out")
			}
			before = name
		}
	}
}

// formParts looks at the functions that form and slots get.
func (c *checkedCall) formParts() {
	options := c.constructor(&tree.Call{Args: c.args}, 0)
	for _, part := range []string{"extract", "validate"} {
		t, ok := field(options, part).(*tree.Table)
		if !ok {
			continue
		}
		hint := fmt.Sprintf("write `%s = { cuisine = function(…) … end }`", part)
		for _, f := range t.Fields {
			if f.Key == nil {
				c.add("slot-function", f.Value, fmt.Sprintf("`%s` needs the name of a slot for each function", part), hint)
				return
			}
			if t := c.typeOf(f.Value); t.sure() && t.kind != isFunction {
				c.add("slot-function", f.Value, fmt.Sprintf("`%s` needs a function for each slot, but this is %s", part, t.spoken()), hint)
			}
		}
	}
}

func (c *checkedCall) message() {
	name := c.fn.member.Name
	if name != "utter_message" && name != "stream_chunk" {
		return
	}
	if len(c.args) == 0 {
		c.warn("empty-message", c.call, "this message is empty", "write `"+c.name+"(\"text\")`, or a table with text, response, buttons …")
		return
	}
	t := c.constructor(&tree.Call{Args: c.args}, 0)
	if t == nil {
		return
	}
	if len(t.Fields) == 0 {
		if _, literal := tree.Plain(c.args[0]).(*tree.Table); literal {
			c.warn("empty-message", t, "this message is empty", "write `"+c.name+" { text = … }`")
		}
		return
	}
	c.checkButtons(t)
}

// statement looks at SQL.
func (c *checkedCall) statement() {
	if len(c.args) == 0 || c.fn.member.Name == "transaction" {
		return
	}
	budget := maxConstant
	text, constant := c.constantText(c.args[0], &budget)
	if !constant {
		c.warn("glued-sql", c.args[0], "this statement is put together while the action runs: what a user says could get into it", "write one constant text with `?` for each value, and give the values behind it")
		return
	}
	given, room, ok := len(c.args)-1, 0, false
	var fault error
	// Which database it is for is not known here, so what any of them takes is right.
	for _, dialect := range []statement.Dialect{statement.MySQL, statement.PostgreSQL, statement.SQLite} {
		s, err := statement.Parse(text, dialect)
		if err != nil {
			fault = err
			continue
		}
		room, ok = s.Placeholders(), true
		if c.spread() || given == room {
			return
		}
	}
	if !ok {
		c.add("sql", c.args[0], fault.Error(), "")
		return
	}
	c.add("sql", c.args[0], fmt.Sprintf("this statement has %s, but gets %s", count(room, "placeholder"), count(given, "value")), "give one value for each `?`")
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// maxConstant is of how many parts a constant text may consist, and how many bytes it may have.
const maxConstant = 64 << 10

// constantText is a text that doesn't change from call to call.
func (c *checkedCall) constantText(e tree.Expr, budget *int) (string, bool) {
	if *budget--; *budget < 0 {
		return "", false
	}
	switch v := c.value(e).(type) {
	case *tree.String:
		*budget -= len(v.Value)
		return v.Value, true
	case *tree.Binary:
		if v.Op != ".." {
			return "", false
		}
		left, ok := c.constantText(v.Left, budget)
		if !ok {
			return "", false
		}
		right, ok := c.constantText(v.Right, budget)
		return left + right, ok
	case *tree.Index:
		if name, ok := v.Key.(*tree.String); ok {
			if n, ok := v.X.(*tree.Name); ok && n.Local != nil && !c.usageOf(n.Local).changed {
				return c.constantText(field(c.table(n), name.Value), budget)
			}
		}
	}
	return "", false
}

// luaText looks at string.format and at patterns.
func (c *checkedCall) luaText() {
	if len(c.args) == 0 {
		return
	}
	switch c.fn.member.Name {
	case "format":
		c.format()
	case "find", "match", "gmatch", "gsub":
		if len(c.args) < 2 || c.fn.member.Name == "find" && len(c.args) > 3 {
			return
		}
		text, ok := c.constant(c.args[1])
		if !ok {
			return
		}
		compiled, err := pattern.Compile(text, c.fn.member.Name != "gmatch")
		if err == nil {
			err = compiled.Fault()
		}
		if err != nil {
			c.add("pattern", c.args[1], "this pattern can't be used: "+err.Error(), "write a % before a mark that stands for itself, such as `%(`, `%[` or `%%`")
		}
	}
}

func (c *checkedCall) format() {
	text, ok := c.constant(c.args[0])
	if !ok {
		return
	}
	wanted := 0
	for i := 0; i < len(text); i++ {
		if text[i] != '%' {
			continue
		}
		i++
		if i < len(text) && text[i] == '%' {
			continue
		}
		for i < len(text) && strings.IndexByte("-+ #0123456789.", text[i]) >= 0 {
			i++
		}
		if i >= len(text) || strings.IndexByte("cdiouxXeEfgGqsaA", text[i]) < 0 {
			c.add("format", c.args[0], "there is a `%` in this text that stands for nothing", "write `%%` for a percent sign, `%s` for a value")
			return
		}
		wanted++
	}
	given := len(c.args) - 1
	if given > wanted && !(given == wanted+1 && c.spread()) {
		c.warn("format", c.args[wanted+1], fmt.Sprintf("this text has room for %s, and this one is lost", count(wanted, "value")), "write `%s` in the text where it belongs")
	}
	if given < wanted && !c.spread() {
		c.add("format", c.args[0], fmt.Sprintf("this text has room for %s, but gets %s", count(wanted, "value"), numeral(given)), "give a value for each `%s`, `%d` or `%f`; a percent sign is `%%`")
	}
}

func numeral(n int) string {
	if n == 0 {
		return "none"
	}
	return fmt.Sprint(n)
}

// luaClass is a class of Lua's own patterns.
//
//nolint:gochecknoglobals // compiled once and never changed
var luaClass = regexp.MustCompile(`%[adswlup]([^A-Za-z]|$)`)

// expression looks at a regular expression.
func (c *checkedCall) expression() {
	if len(c.args) == 0 || c.fn.member.Name == "escape" {
		return
	}
	text, ok := c.constant(c.args[0])
	if !ok {
		return
	}
	if _, err := syntax.Parse(text, syntax.Perl); err != nil {
		hint := "write two backslashes before a mark that stands for itself, such as `\\\\(`"
		if strings.Contains(text, "(?=") || strings.Contains(text, "(?!") || strings.Contains(text, "(?<") {
			hint = "look-ahead and look-behind are not there"
		}
		c.add("expression", c.args[0], "this pattern can't be used: "+strings.TrimPrefix(err.Error(), "error parsing regexp: "), hint)
	}
	if luaClass.MatchString(text) {
		c.warn("expression", c.args[0], "`%d`, `%s`, `%w` are of Lua's own patterns; `re` takes regular expressions", "write `\\\\d`, `\\\\s`, `\\\\w`, or use string.match")
	}
}

// required looks at require.
func (c *checkedCall) required() {
	if len(c.args) == 0 {
		return
	}
	name, ok := c.constant(c.args[0])
	if !ok {
		return
	}
	for _, lib := range c.world.libs {
		if lib == name {
			return
		}
	}
	const rule = "unknown-require"
	meant := luaapi.LibraryName(name)
	for _, lib := range c.world.libs {
		if lib == meant {
			c.add(rule, c.args[0], "shared files are named with lib and dots", fmt.Sprintf("write `require %q`", lib))
			return
		}
	}
	if _, module := c.world.globals[name]; module {
		c.add(rule, c.args[0], fmt.Sprintf("`%s` is there without require", name), "leave the line out")
		return
	}
	file := strings.ReplaceAll(meant, ".", "/") + ".lua"
	if near := nearestLib(meant, c.world.libs); near != "" {
		c.add(rule, c.args[0], "there is no "+file, fmt.Sprintf("did you mean %q?", near))
		return
	}
	if instead := c.world.retired[name]; instead != "" {
		c.add(rule, c.args[0], fmt.Sprintf("there is no `%s`", name), instead)
		return
	}
	c.add(rule, c.args[0], "there is no "+file, "shared files lie below lib/; make it, or leave the line out")
}

// dataFile looks at the names of files.
func (c *checkedCall) dataFile() {
	if len(c.args) > 0 && c.fn.member.Name != "exists" {
		c.dataNamed(c.args[0])
	}
}

// knowledgeData looks at the file that a knowledge base is in.
func (c *checkedCall) knowledgeData() {
	if data := field(c.constructor(&tree.Call{Args: c.args}, 0), "data"); data != nil {
		c.dataNamed(data)
	}
}

func (c *checkedCall) dataNamed(path tree.Expr) {
	name, ok := c.constant(path)
	if !ok || c.world.data == nil || c.asked[name] || c.inGuarded(c.call) {
		return
	}
	for _, known := range c.world.data {
		if known == name {
			return
		}
	}
	hint := "paths are relative to the scripts folder"
	if near := spell.Nearest(name, c.world.data); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	c.warn("unknown-file", path, fmt.Sprintf("there is no file %q in the scripts folder", name), hint)
}

// nearestLib compares what stands behind "lib.", which all have.
func nearestLib(name string, libs []string) string {
	const prefix = "lib."
	known := make([]string, len(libs))
	for i, lib := range libs {
		known[i] = strings.TrimPrefix(lib, prefix)
	}
	if near := spell.Nearest(strings.TrimPrefix(name, prefix), known); near != "" {
		return prefix + near
	}
	return ""
}
