package re_test

import (
	"testing"

	"github.com/luaction/luaction/luaapi"
	"github.com/luaction/luaction/luaapi/apitest"
	"github.com/luaction/luaction/luaapi/json"
	"github.com/luaction/luaction/luaapi/re"
)

func TestMatches(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`re.search("\\d+", "of 17 and 4")[0]`:                                                     `"17"`,
		`re.search("x", "abc")`:                                                                   `null`,
		`re.search("(?i)ORDER (\\d+)", "my order 17")[1]`:                                         `"17"`,
		`re.search("(?P<letter>[A-Z])(?<n>\\d)", "a B7").letter`:                                  `"B"`,
		`re.search("(?P<letter>[A-Z])(?<n>\\d)", "a B7").n`:                                       `"7"`,
		`re.search("(a)|(b)", "b")[1]`:                                                            `null`,
		`re.search("(a)|(b)", "b")[2]`:                                                            `"b"`,
		`(function() local m = re.search("ö.", "aöü") return ("aöü"):sub(m.start, m.stop) end)()`: `"öü"`,
		`json.array { re.search("", "abc").start, re.search("", "abc").stop }`:                    `[1,0]`,
		`json.array { re.search("b", "abc").start, re.search("b", "abc").stop }`:                  `[2,2]`,
		`re.match("b", "abc")`:                                                                    `null`,
		`re.match("a|ab", "abc")[0]`:                                                              `"a"`,
		`re.match("a$|b", "b")[0]`:                                                                `"b"`,
		`re.fullmatch("a|ab", "ab")[0]`:                                                           `"ab"`,
		`re.fullmatch("a|b", "ab")`:                                                               `null`,
		`re.fullmatch("(?i)ab\\Q.", "AB.") ~= nil`:                                                `true`,
		`re.fullmatch(".", "ö") ~= nil`:                                                           `true`,
		`re.search(1, 21)[0]`:                                                                     `"1"`,
		`re.fullmatch(re.escape("1.5 (net) [€] \\"), "1.5 (net) [€] \\") ~= nil`:                  `true`,
		`re.escape("a.b")`:                                                                        `"a\\.b"`,
	}, re.New, json.New)
}

// TestAll has what Python 3.7 and later give, for empty matches too.
func TestAll(t *testing.T) {
	t.Parallel()
	apitest.Want(t, map[string]string{
		`re.findall("\\d+", "7 of 12")`:                                             `["7","12"]`,
		`re.findall("\\d", "")`:                                                     `[]`,
		`re.findall("(\\w)\\d", "a1 b2")`:                                           `["a","b"]`,
		`re.findall("(\\w)(\\d)?", "a1 b")`:                                         `[["a","1"],["b",""]]`,
		`re.findall("x*", "abxd")`:                                                  `["","","x","",""]`,
		`re.findall("x*", "äx")`:                                                    `["","x",""]`,
		`re.findall("\\bfoo", "foofoo foo")`:                                        `["foo","foo"]`,
		`re.findall("^a", "aaa")`:                                                   `["a"]`,
		`re.findall("(?m)^a", "aa\na")`:                                             `["a","a"]`,
		`re.findall("\\Ba", "aaa")`:                                                 `["a","a"]`,
		`re.findall("aa", "aaaaa")`:                                                 `["aa","aa"]`,
		`re.findall("a|$", "aba")`:                                                  `["a","a",""]`,
		`re.sub("x*", "-", "abxd")`:                                                 `"-a-b--d-"`,
		`re.sub("\\d", "<$0>", "a1b22")`:                                            `"a<1>b<2><2>"`,
		`re.sub("(\\w)(\\w)", "$2$1", "abcd")`:                                      `"badc"`,
		`re.sub("(?P<a>\\w)-", "${a}$$${1}0", "x-y")`:                               `"x$x0y"`,
		`re.sub("(a)|b", "[$1]", "ab")`:                                             `"[a][]"`,
		`re.sub("a", "b", "aaa", 2)`:                                                `"bba"`,
		`re.sub("a", "b", "aaa", 0)`:                                                `"aaa"`,
		`re.sub("a", "%1\\1", "a")`:                                                 `"%1\\1"`,
		`re.sub("z", "b", "aaa")`:                                                   `"aaa"`,
		`re.sub("^", "> ", "a\nb")`:                                                 `"> a\nb"`,
		`re.sub("(?m)^", "> ", "a\nb")`:                                             `"> a\n> b"`,
		`re.sub("\\d+", function(m) return m[0] * 2 end, "1 and 20")`:               `"2 and 40"`,
		`re.sub("\\w+", function(m) if m[0] == "b" then return "B" end end, "a b")`: `"a B"`,
		`re.sub("\\w", function(m) return re.sub(".", "$0$0", m[0]) end, "ab")`:     `"aabb"`,
		`re.split("\\s*[,;]\\s*", "a, b;c")`:                                        `["a","b","c"]`,
		`re.split(",", "a,b,c", 1)`:                                                 `["a","b,c"]`,
		`re.split(",", "")`:                                                         `[""]`,
		`re.split("(,)", "a,b")`:                                                    `["a",",","b"]`,
		`re.split("x*", "axbc")`:                                                    `["","a","","b","c",""]`,
		`re.sub(".", "x", "a\255b")`:                                                `"xxx"`,
	}, re.New)
}

func TestErrors(t *testing.T) {
	t.Parallel()
	apitest.WantErrors(t, map[string]string{
		`re.search("a(b", "")`:                                   `re.search: the pattern "a(b" is wrong at character 2: a "(" is never closed with ")"`,
		`re.search("ö[(]\\)a)(b)", "")`:                          `is wrong at character 8: this ")" closes nothing`,
		`re.search("\\Q(\\E(", "")`:                              `is wrong at character 6`,
		`re.search("[[:alpha:](](", "")`:                         `is wrong at character 13`,
		`re.search("a[b", "")`:                                   `is wrong at character 2: a "[" is never closed with "]"`,
		`re.search("a*(*b)", "")`:                                `is wrong at character 4: "*" has nothing before it to repeat`,
		`re.search("a**", "")`:                                   `is wrong at character 2: "**" repeats what is repeated already`,
		`re.search("a{2,1}", "")`:                                `is wrong at character 2: "{2,1}" repeats too often`,
		`re.search("a{1001}", "")`:                               `1000 times is the most`,
		`re.search("[z-a]", "")`:                                 `is wrong at character 2: "z-a" is no range`,
		`re.search("(?P<n>.)(?P<n>.)", "")`:                      `two groups are called "n"`,
		`re.search("a(?=b)", "")`:                                `is wrong at character 2: "(?=" looks ahead or back, which these patterns can't`,
		`re.search("a(?<!b)", "")`:                               `looks ahead or back`,
		`re.search("(.)\\1", "")`:                                `is wrong at character 4: "\1" would refer back to a group`,
		`re.search("\\.\\y", "")`:                                `is wrong at character 3: "\y" has no meaning here`,
		`re.search("ab\\", "")`:                                  `is wrong at character 3: it ends with a backslash`,
		`re.search("ä\255", "")`:                                 `is wrong at character 2: it is no valid UTF-8`,
		`re.search("(?P<start>a)", "")`:                          `re.search: a group can't be called 'start'`,
		`re.search(("a"):rep(10001), "")`:                        `re.search: pattern has 10001 bytes; it may have at most 10000`,
		`re.search("((a{100}){100}){2}", "")`:                    `1000 times is the most`,
		`re.search("(?:a?b?c?d?){1000}(?:a?b?c?d?){1000}x", "")`: `re.search: pattern is too large: with its repetitions written out it has more than 10000 parts`,
		`re.search(("(a)"):rep(101), "")`:                        `re.search: pattern has 101 groups; it may have at most 100`,
		`re.search(("("):rep(2000) .. (")"):rep(2000), "")`:      `groups lie too deep inside one another`,
		`re.search(("(?:"):rep(999) .. "a" .. (")"):rep(999), "a") and nil .. 1`: `attempt to concatenate`,
		`re.search("(?i)" .. ("[\\x{100}-\\x{10FFFE}]"):rep(21), "")`:            `re.search: pattern has more than 20 ranges`,
		`re.search(("\\pL"):rep(201), "")`:                                       `re.search: pattern has more than 200 classes such as \pL`,
		`re.search({}, "")`:                                                      `re.search: pattern must be a text, but is a table`,
		`re.search("a")`:                                                         `re.search: s must be a text, but is nil`,
		`re.sub("a", "$2", "a")`:                                                 `re.sub: replacement has the group "2", but the pattern has none`,
		`re.sub("(?P<n>a)(b)", "${m}", "ab")`:                                    `replacement has the group "m", but the pattern has 2 (n)`,
		`re.sub("a", "5 $", "a")`:                                                `replacement has a $ with no group behind it`,
		`re.sub("a", "$name", "a")`:                                              `write $1 or ${name} for a group, and $$ for a dollar`,
		`re.sub("a", function() return {} end, "a")`:                             `re.sub: replacement must return a text, but returned a table`,
		`re.sub("a", function() error("mine", 0) end, "a")`:                      `mine`,
		`re.sub("a", {}, "a")`:                                                   `re.sub: replacement must be a text or a function, but is a table`,
		`re.sub("a", "b", "a", -1)`:                                              `re.sub: n must be 0 or more, but is -1`,
		`re.find_all("a", "a")`:                                                  `did you mean 'findall'?`,
		`re.replace("a", "a")`:                                                   `did you mean 'sub'?`,
		`re.gsub("a", "a")`:                                                      `did you mean 'sub'?`,
		`re.serch("a", "a")`:                                                     `did you mean 'search'?`,
	}, re.New)
}

func TestRejectGoesThroughSub(t *testing.T) {
	t.Parallel()
	_, _, err := apitest.Run(t, apitest.Case{
		Script:  `pcall(re.sub, "a", function() reject("no") end, "a")`,
		Modules: []func(*luaapi.Session) luaapi.Module{re.New, luaapi.Reject},
	})
	if err == nil || err.Error() == "" {
		t.Errorf("the call ended with %v, want its rejection", err)
	}
}
