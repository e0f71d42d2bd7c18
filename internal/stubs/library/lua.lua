---@meta

-- What is there of Lua's own: the standard functions, string, table, math, os and coroutine. Nothing else is.

---The version of Lua, "Lua 5.1".
_VERSION = "Lua 5.1"

---Raises an error. The place of the caller is put before a text; level 2 means the caller's caller, 0 no place.
---@param message any
---@param level? integer
function error(message, level) end

---The metatable of a value.
---@param object any
---@return table? metatable
function getmetatable(object) end

---Goes through the items 1, 2, 3 … of a list: `for i, value in ipairs(list) do … end`.
---@generic T: table, V
---@param t T
---@return fun(list: V[], i?: integer): integer, V
---@return T
---@return integer i
function ipairs(t) end

---The key after this one and its value; the first without a key, nil after the last.
---@generic K, V
---@param t table<K, V>
---@param key? K
---@return K? key
---@return V? value
function next(t, key) end

---Goes through all keys and values, in the order in which the keys were set: `for key, value in pairs(t) do … end`.
---@generic T: table, K, V
---@param t T
---@return fun(t: table<K, V>, key?: K): K, V
---@return T
function pairs(t) end

---Calls a function and catches its error: true and what it gives, or false and the error. The deadline and reject go through.
---@param f function
---@param ... any
---@return boolean success
---@return any result
---@return any ...
function pcall(f, ...) end

---Whether two values are equal, without asking a metatable.
---@param v1 any
---@param v2 any
---@return boolean
function rawequal(v1, v2) end

---The value of a key, without asking a metatable.
---@param table table
---@param index any
---@return any
function rawget(table, index) end

---Sets the value of a key, without asking a metatable.
---@param table table
---@param index any
---@param value any
---@return table
function rawset(table, index, value) end

---The arguments from the given number on; "#" gives how many there are.
---@param index integer|"#"
---@param ... any
---@return any ...
function select(index, ...) end

---Gives a table a metatable, and returns the table.
---@generic T: table
---@param table T
---@param metatable? table
---@return T
function setmetatable(table, metatable) end

---The number that a text stands for, or nil.
---@param value any
---@param base? integer
---@return number?
function tonumber(value, base) end

---A value as a text.
---@param value any
---@return string
function tostring(value) end

---The type of a value: "nil", "number", "string", "boolean", "table", "function", "thread" or "userdata".
---@param value any
---@return string
function type(value) end

---The items of a list as so many values.
---@generic T
---@param list T[]
---@param i? integer
---@param j? integer
---@return T ...
function unpack(list, i, j) end

---As pcall, but an error goes through handler first.
---@param f function
---@param handler fun(message: any): any
---@return boolean success
---@return any result
---@return any ...
function xpcall(f, handler) end

---@class stringlib
string = {}

---The bytes of the text from i (1 unless given) to j (i unless given), as numbers.
---@param s string|number
---@param i? integer
---@param j? integer
---@return integer ...
function string.byte(s, i, j) end

---The text of these bytes.
---@param ... integer
---@return string
function string.char(...) end

---Where a Lua pattern, or with plain a text, is found: begin, end and what its parentheses caught; nil if it is not.
---@param s string|number
---@param pattern string|number
---@param init? integer
---@param plain? boolean
---@return integer|nil start
---@return integer|nil stop
---@return any ...
function string.find(s, pattern, init, plain) end

---Fills in values: %d whole number, %.2f with two decimals, %s any value, %q in quotes, %% a percent sign.
---@param format string|number
---@param ... any
---@return string
function string.format(format, ...) end

---Goes through the matches of a Lua pattern: `for word in s:gmatch("%a+") do … end`.
---@param s string|number
---@param pattern string|number
---@return fun(): string, any, any
function string.gmatch(s, pattern) end

---Replaces the matches of a Lua pattern, at most n of them; gives the text and how many there were.
---@param s string|number
---@param pattern string|number
---@param replacement string|number|table|function
---@param n? integer
---@return string
---@return integer count
function string.gsub(s, pattern, replacement, n) end

---How many bytes a text has; text.len counts characters.
---@param s string|number
---@return integer
function string.len(s) end

---In small letters, a to z only; text.lower knows the others.
---@param s string|number
---@return string
function string.lower(s) end

---What a Lua pattern matches, or what its parentheses caught; nil if it doesn't.
---@param s string|number
---@param pattern string|number
---@param init? integer
---@return any ...
function string.match(s, pattern, init) end

---The text n times.
---@param s string|number
---@param n integer
---@return string
function string.rep(s, n) end

---The bytes of the text, the last first.
---@param s string|number
---@return string
function string.reverse(s) end

---The bytes from i to j (the last unless given); negative ones count from the end. text.sub counts characters.
---@param s string|number
---@param i integer
---@param j? integer
---@return string
function string.sub(s, i, j) end

---In capitals, a to z only; text.upper knows the others.
---@param s string|number
---@return string
function string.upper(s) end

---@class tablelib
table = {}

---The items of a list as one text, with sep between them.
---@param list table
---@param sep? string
---@param i? integer
---@param j? integer
---@return string
function table.concat(list, sep, i, j) end

---Puts a value at the end of a list, or at a position: `table.insert(list, value)`, `table.insert(list, 1, value)`.
---@overload fun(list: table, value: any)
---@param list table
---@param position integer
---@param value any
function table.insert(list, position, value) end

---The largest number that is a key, 0 without one.
---@param t table
---@return number
function table.maxn(t) end

---Takes the last item, or the one at a position, out of a list, and gives it.
---@generic V
---@param list V[]
---@param position? integer
---@return V?
function table.remove(list, position) end

---Sorts a list in place; before(a, b) says whether a comes before b.
---@generic V
---@param list V[]
---@param before? fun(a: V, b: V): boolean
function table.sort(list, before) end

---@class mathlib
---@field pi number 3.14159…
---@field huge number More than any other number.
math = {}

---@param x number
---@return number
function math.abs(x) end

---@param x number
---@return number
function math.acos(x) end

---@param x number
---@return number
function math.asin(x) end

---@param x number
---@return number
function math.atan(x) end

---@param y number
---@param x number
---@return number
function math.atan2(y, x) end

---The next whole number that is not less.
---@param x number
---@return integer
function math.ceil(x) end

---@param x number
---@return number
function math.cos(x) end

---@param x number
---@return number
function math.cosh(x) end

---@param x number
---@return number
function math.deg(x) end

---@param x number
---@return number
function math.exp(x) end

---The next whole number that is not more.
---@param x number
---@return integer
function math.floor(x) end

---What is left of x divided by y, with the sign of x.
---@param x number
---@param y number
---@return number
function math.fmod(x, y) end

---@param x number
---@return number m
---@return integer e
function math.frexp(x) end

---@param m number
---@param e number
---@return number
function math.ldexp(m, e) end

---@param x number
---@return number
function math.log(x) end

---@param x number
---@return number
function math.log10(x) end

---The largest of the numbers.
---@param x number
---@param ... number
---@return number
function math.max(x, ...) end

---The smallest of the numbers.
---@param x number
---@param ... number
---@return number
function math.min(x, ...) end

---The whole part of a number and the rest.
---@param x number
---@return number
---@return number
function math.modf(x) end

---@param x number
---@param y number
---@return number
function math.pow(x, y) end

---@param x number
---@return number
function math.rad(x) end

---A random number: from 0 to 1 without arguments, a whole one from 1 to m, or from m to n. It needs no seed.
---@param m? integer
---@param n? integer
---@return number
function math.random(m, n) end

---Has the random numbers of this call begin at a seed.
---@param seed number
function math.randomseed(seed) end

---@param x number
---@return number
function math.sin(x) end

---@param x number
---@return number
function math.sinh(x) end

---@param x number
---@return number
function math.sqrt(x) end

---@param x number
---@return number
function math.tan(x) end

---@param x number
---@return number
function math.tanh(x) end

---@class oslib
os = {}

---Seconds since the call began.
---@return number
function os.clock() end

---A time as a text, or with "*t" as a table, on the clock of the configured zone; with ! in UTC. The module time does more.
---@param format? string
---@param time? number
---@return any
function os.date(format, time) end

---The seconds between two times.
---@param later number
---@param earlier? number
---@return number
function os.difftime(later, earlier) end

---Seconds since 1970: of now, or of what a table says on the clock of the configured zone.
---@param fields? table
---@return number
function os.time(fields) end

---@class coroutinelib
coroutine = {}

---@param f function
---@return thread
function coroutine.create(f) end

---@param co thread
---@param ... any
---@return boolean success
---@return any ...
function coroutine.resume(co, ...) end

---@return thread?
function coroutine.running() end

---@param co thread
---@return string
function coroutine.status(co) end

---@param f function
---@return function
function coroutine.wrap(f) end

---@param ... any
---@return any ...
function coroutine.yield(...) end
