package suite_test

// skip says that lines of a file are not run.
type skip struct {
	from, to int
	text     string // stands in the first of them
	instead  string // what is run in their place
	why      string
}

const (
	wording   = "our messages have words of their own"
	noEnv     = "setfenv isn't there: an environment made by it lacks the names that compiled code calls"
	noArg     = "the table arg of Lua 5.0 isn't there: the manual's vararg is `...`"
	noDebug   = "the debug library isn't there, and what stands in for it knows less"
	noMemory  = "there is no collectgarbage to watch"
	noGlobalF = "a call f\"…\" of a global f, which can't be there, is taken for Python and explained"
	noFiles   = "there are no files"
	limits    = "our limits are others"
	noProxy   = "there is no newproxy"
	empty     = "the empty statement came with goto, which needs it behind labels"
)

// skips is the list of what doesn't apply, by file. Files of the two folders that are not even here: all and main run the
// others through the command lua; api, code and checktable need the C interface; attrib tests package and module;
// files tests io; db of Lua's own suite tests debug hooks.
func skips() map[string][]skip {
	official := map[string][]skip{
		"big": {{12, 12, "overflow", "assert(not a)", wording}},
		"closure": {
			{412, 422, "-- coroutine environments", "", noEnv},
		},
		"constructs": {
			{46, 49, "x = {f'alo', f'xixi', nil}", "", noGlobalF},
		},
		"errors": {
			{20, 21, "string.find(msg, pt)", `assert(string.find(msg, ":%d+: "))`, wording},
			{39, 41, "doit\";\"", "", empty},
			{107, 107, "collectgarbage", "", noMemory},
			{111, 111, "io.stdin", "", noFiles},
			{150, 167, "teste de linhas", "", noDebug},
			{210, 224, "syntax limits", "", limits},
			{238, 238, "line 3", "assert(not a)", limits},
			{247, 247, "line 2", "assert(not a)", wording},
		},
		"events": {
			{294, 294, "getfenv(0)", "", noEnv},
		},
		"gc": {
			{88, 94, "gcinfo", "", noMemory},
			{97, 129, "dosteps", "", noMemory},
			{150, 255, "weak tables", "", noMemory},
			{287, 310, "create a userdata", "", noProxy},
		},
		"locals": {
			{54, 83, "globals", "", noEnv},
		},
		"math": {
			{126, 144, "io.tmpfile", "", noFiles},
		},
		"nextvar": {
			{234, 246, "foo", "", noEnv},
		},
		"vararg": {
			{24, 26, "f() == 0", "", noArg},
			{47, 48, "function t:f", "", noArg},
		},
		"verybig": {{1, 100, "_soft", "", noFiles}},
	}
	own := map[string][]skip{
		"base": {
			{4, 4, "notexist", "assert(not ok)", wording},
			{9, 9, "assert(ok)", "", noEnv},
			{32, 32, "eof", "assert(not fn)", wording},
		},
		"coroutine": {
			{8, 8, "running thread", "assert(not ok)", wording},
			{17, 17, "dead thread", "assert(not ok)", wording},
		},
		"db":   {{1, 86, "debug lib", "", noDebug}},
		"goto": {{3, 3, "string.find", "assert(not st)", wording}},
		"issues": {
			{70, 115, "issue 62", "", noDebug},
			{167, 167, "non-function", "assert(not ok)", wording},
			{217, 217, "to pcall", "assert(not ok)", wording},
			{473, 492, "issue #455", "", noFiles},
		},
		"math": {
			{7, 7, "wrong number", "assert(not ok)", wording},
			{12, 12, "wrong number", "assert(not ok)", wording},
		},
		"os": {{1, 18, "linux", "", "there is no environment and no system"}},
		"strings": {
			{5, 5, "string.dump", "assert(not ok)", wording},
			{7, 7, "%c", "", "a % before what is no digit gives that, in Lua 5.1"},
		},
		"vm": {
			{5, 5, "__unm", "assert(not ok)", wording},
			{10, 13, "__len", "", "Lua 5.1 doesn't ask __len of tables"},
			{33, 33, "for statement", "assert(not ok)", wording},
			{40, 40, "for statement", "assert(not ok)", wording},
			{47, 47, "for statement", "assert(not ok)", wording},
			{52, 52, "cannot perform", "assert(not ok)", wording},
			{57, 57, "cannot perform", "assert(not ok)", wording},
			{129, 129, "register", "assert(not ok)", wording},
			{136, 136, "cannot use", "assert(not ok)", wording},
		},
	}
	list := map[string][]skip{}
	for name, entries := range official {
		list["_lua5.1-tests/"+name+".lua"] = entries
	}
	for name, entries := range own {
		list["_glua-tests/"+name+".lua"] = entries
	}
	return list
}
