package check

import (
	"strings"

	"github.com/luaction/luaction/luaapi"
)

// libraries declares Lua's own functions in the form in which modules declare theirs, one library a line: "name(parameters) result".
// A parameter is name:type; ? says that it may be left out, … that any number may follow. A number may be given as its digits.
const libraries = `
base assert(value:any?, message:any?, …) any, any|error(message:any?, level:number?)|getmetatable(value:any?) any|ipairs(list:table) function, any, any|next(table:table, key:any?) any, any|pairs(table:table) function, any, any|pcall(f:function, …) boolean, any|rawequal(a:any?, b:any?) boolean|rawget(table:table, key:any) any|rawset(table:table, key:any, value:any?)|select(n:any, …) any, any|setmetatable(table:table, metatable:any?) any|tonumber(value:any?, base:any?) number or nil|tostring(value:any?) string|type(value:any?) string|unpack(list:table, i:any?, j:any?) any, any|xpcall(f:function, handler:function, …) boolean, any
string byte(s:string, i:any?, j:any?) any, any|char(…) string|find(s:string, pattern:string, init:any?, plain:any?) number or nil, number or nil|format(format:string, …) string|gmatch(s:string, pattern:string) function|gsub(s:string, pattern:string, replacement:string|table|function, n:any?) string, number|len(s:string) number|lower(s:string) string|match(s:string, pattern:string, init:any?) any or nil, any or nil|rep(s:string, n:any) string|reverse(s:string) string|sub(s:string, i:any, j:any?) string|upper(s:string) string
table concat(list:table, separator:string?, i:any?, j:any?) string|insert(list:table, value:any?, more:any?)|maxn(list:table) number|remove(list:table, i:any?) any|sort(list:table, less:function?)
math abs(x:any) number|acos(x:any) number|asin(x:any) number|atan(x:any) number|atan2(y:any, x:any) number|ceil(x:any) number|cos(x:any) number|cosh(x:any) number|deg(x:any) number|exp(x:any) number|floor(x:any) number|fmod(x:any, y:any) number|frexp(x:any) number, number|ldexp(x:any, e:any) number|log(x:any) number|log10(x:any) number|max(x:any, …) number|min(x:any, …) number|modf(x:any) number, number|pow(x:any, y:any) number|rad(x:any) number|random(from:any?, to:any?) number|randomseed(x:any?)|sin(x:any) number|sinh(x:any) number|sqrt(x:any) number|tan(x:any) number|tanh(x:any) number
os clock() number|date(format:string?, time:any?) any|difftime(later:any, earlier:any?) number|time(fields:table?) number
coroutine create(f:function) any|resume(thread:any, …) boolean, any|running() any|status(thread:any) string|wrap(f:function) function|yield(…) any, any`

// lualib is what libraries says, by library.
func lualib() map[string]*luaapi.Module {
	all := map[string]*luaapi.Module{}
	for _, line := range strings.Split(strings.TrimSpace(libraries), "\n") {
		name, members, _ := strings.Cut(line, " ")
		all[name] = declared(name, members)
	}
	all["math"].Fields = []luaapi.Field{{Name: "pi", Type: "number"}, {Name: "huge", Type: "number"}}
	return all
}

// declared reads the members of one module.
func declared(name, members string) *luaapi.Module {
	m := &luaapi.Module{Name: name}
	depth := 0
	begin := 0
	for i := 0; i <= len(members); i++ {
		switch {
		case i == len(members), members[i] == '|' && depth == 0:
			m.Members = append(m.Members, signature(members[begin:i]))
			begin = i + 1
		case members[i] == '(':
			depth++
		case members[i] == ')':
			depth--
		}
	}
	return m
}

func signature(text string) luaapi.Member {
	name, rest, _ := strings.Cut(text, "(")
	params, returns, _ := strings.Cut(rest, ")")
	member := luaapi.Member{Name: name, Returns: strings.TrimSpace(returns)}
	for _, param := range strings.Split(params, ", ") {
		if param == "" {
			continue
		}
		if param == "…" {
			member.Params = append(member.Params, luaapi.Param{Name: param, Type: "any", Optional: true, Rest: true})
			continue
		}
		name, typ, _ := strings.Cut(param, ":")
		p := luaapi.Param{Name: name, Type: strings.TrimSuffix(typ, "?")}
		p.Optional = p.Type != typ
		member.Params = append(member.Params, p)
	}
	return member
}
