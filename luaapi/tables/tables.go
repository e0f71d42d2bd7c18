// Package tables is what the library table has beyond Lua's own: what is done to lists and tables without a loop.
package tables

import "github.com/luaction/luaction/luaapi"

// New returns the additions for a session's state.
func New(*luaapi.Session) luaapi.Module {
	t := luaapi.Param{Name: "t", Type: "table"}
	f := luaapi.Param{Name: "f", Type: "function"}
	list := luaapi.Param{Name: "list", Type: "table"}
	return luaapi.Module{
		Name: "table", Library: true,
		Doc: "Lists and tables without a loop, beside Lua's own concat, insert, maxn, remove and sort. Lists that came from JSON stay lists.",
		Members: []luaapi.Member{
			{
				Name: "map", Params: []luaapi.Param{t, f}, Returns: "table", Func: mapped,
				Doc:     "A new table with what f(value, key) gives for each value, under the same key. For a list it must give something.",
				Example: `local names = table.map({ { name = "Ann" }, { name = "Bo" } }, function(guest) return guest.name end)`,
			},
			{
				Name: "filter", Params: []luaapi.Param{list, f}, Returns: "list", Func: filter,
				Doc: "A new list of the items for which f(value, index) is true.", Example: `local big = table.filter({ 4, 17, 20 }, function(n) return n > 10 end)`,
			},
			{
				Name: "find", Params: []luaapi.Param{t, {Name: "wanted", Type: "any", Optional: true}}, Returns: "any or nil, any or nil", Func: find,
				Doc:     "The first value that is equal to wanted, or for which the function wanted(value, key) is true, and its key; nil when there is none.",
				Example: `local order, index = table.find({ { id = 7 } }, function(order) return order.id == 7 end)`,
			},
			{
				Name: "contains", Params: []luaapi.Param{t, {Name: "value", Type: "any", Optional: true}}, Returns: "boolean", Func: contains,
				Doc: "Whether one of the values is equal to this one.", Example: `local known = table.contains({ "Ulm", "Bonn" }, "Ulm")`,
			},
			{
				Name: "keys", Params: []luaapi.Param{t}, Returns: "list", Func: keys,
				Doc: "The keys, in the table's order.", Example: `local names = table.keys({ small = 1, large = 2 })`,
			},
			{
				Name: "values", Params: []luaapi.Param{t}, Returns: "list", Func: values,
				Doc: "The values, in the table's order.", Example: `local prices = table.values({ small = 1, large = 2 })`,
			},
			{
				Name: "merge", Params: []luaapi.Param{{Name: "a", Type: "table"}, {Name: "b", Type: "table", Rest: true}}, Returns: "table", Func: merge,
				Doc: "A new table with what is in all of them; where several have a key, the last counts. nil is left out.", Example: `local options = table.merge({ size = "M", count = 1 }, { count = 2 })`,
			},
			{
				Name: "extend", Params: []luaapi.Param{list, {Name: "more", Type: "table"}}, Returns: "list", Func: extend,
				Doc: "Puts the items of more at the end of the list, and returns the list.", Example: `local all = table.extend({ 1, 2 }, { 3 })`,
			},
			{
				Name: "get", Params: []luaapi.Param{{Name: "t", Type: "any", Optional: true}, {Name: "key", Type: "any", Rest: true}}, Returns: "any or nil", Func: get,
				Doc: "What lies under the keys, one inside the other; nil when anything on the way is missing.", Example: `local city = table.get(tracker.latest_message, "entities", 1, "value")`,
			},
		},
	}
}
