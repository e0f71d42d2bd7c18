local function e(...) local r = {pcall(...)} if r[1] then return select(2, unpack(r, 1, table.maxn(r))) end return "ERR " .. (tostring(r[2]):gsub("^[^:]*:%d+: ", "")) end
local p = out
-- table
local t = {1,2,3} p(e(table.insert,t,5,"x")) p(#t == 3 or #t == 5, t[5], t[4])
t = {1,2,3} p(e(table.insert,t,0,"z")) p(t[0], t[1], t[2], t[3], t[4])
t = {1,2,3} p(e(table.insert,t,-2,"n")) p(t[-2], t[-1], t[0], t[1], t[2], t[3], t[4])
t = {1,2,3} p(e(table.insert,t,2.7,"n")) p(t[1], t[2], t[3], t[4])
t = {1,2,3} p(e(table.remove,t,4), e(table.remove,t,0), e(table.remove,t,"2"), #t, t[1], t[2])
p(e(table.remove,{}), e(table.remove,{},5), e(table.remove,t,nil))
p(e(table.concat,{1,2,{}}), e(table.concat,{},"x",1,1), e(table.concat,{1,2,3},2), e(table.concat,{1,2,3},",","2","3"))
p(e(table.concat,{1,2,3}, ", ", -1, 0), e(table.concat, {[-1]="a",[0]="b","c"}, "", -1))
p(e(table.maxn,{[1e9]=1,[5.5]=2}), e(table.maxn,{n=5}), e(table.maxn))
for _, a in ipairs{ {3,1,2}, {5,5,5,1}, {"b","a","C"}, {1.5,-1,0,1/0,-1/0} } do e(table.sort,a) p(table.concat(a," ")) end
local words = {"pear","fig","kiwi","plum","date","lime","apple","nut","yam","bean","corn","oat","rye"}
table.sort(words, function(a,b) return #a < #b end) p(table.concat(words," "))
local recs = {} for i = 1, 60 do recs[i] = {k = (i*7)%5, i = i} end
table.sort(recs, function(a,b) return a.k < b.k end)
local s = {} for i, r in ipairs(recs) do s[i] = r.k..":"..r.i end p(table.concat(s, " "))
local log = {} local a = {4,2,7,1,9,3} table.sort(a, function(x,y) log[#log+1] = tostring(x)..tostring(y) return x<y end) p(table.concat(log," "))
p((pcall(table.sort,{1,"x"})), e(table.sort,{{},{}}), e(table.sort,{1,2,3},5), e(table.sort,{true,false}))
for _, n in ipairs{3,5,10,20} do local b = {} for i=1,n do b[i]=i end p(n, e(table.sort,b,function() return true end)) p(n, e(table.sort,b,function(x,y) return x<=y end)) end
-- math
for _, v in ipairs{0,-0.5,1,2.5,-2.5,10,1e10,1e300,-1e300,0.1,1/0,-1/0} do
  p(math.floor(v), math.ceil(v), math.abs(v), math.exp(v), math.cos(v) == math.cos(v) and math.cos(v), (math.modf(v)), select(2, math.modf(v)), math.frexp(v))
  p(math.sinh(v), math.cosh(v), math.tanh(v), math.atan(v), math.deg(v), math.rad(v))
end
for _, x in ipairs{5,-5,5.5,-5.5,0,1e12} do for _, y in ipairs{3,-3,2.5,1e10} do p(math.fmod(x,y), x%y, math.pow(math.abs(x),y), math.atan2(x,y), math.max(x,y), math.min(x,y)) end end
p(math.ldexp(1,3), math.ldexp(5,-2), math.ldexp(1,2000), math.ldexp(1,-2000), math.log(10), math.log10(1000), math.log(0), math.log10(1e15))
p(e(math.random,0), e(math.random,2,1), e(math.random,1,2,3), e(math.floor), e(math.floor,"x"), e(math.floor,{}), e(math.max), e(math.min), e(math.random,"x"), e(math.fmod,1))
p(math.floor("3.7"), math.max("10", 9), math.abs("-0x10"), math.pi, -math.huge)
-- select/unpack/tonumber
p(e(select,-1,1,2,3), e(select,2,"a","b"), e(select,0), e(select,-5,1), e(select,"#"), e(select,"2",1,2))
p(e(unpack,{1,2,3},2), e(unpack,{1,2,3},2,3), e(unpack,{},1,0), e(unpack,{1,2},-1,1), e(unpack))
p(e(next,{},nil), e(next,{10}), e(next,{10},1), e(next,{a=1},"a"), e(next,{a=1},"b"))
p(e(rawequal,1,1), e(rawequal,1), e(rawget,{5},1), e(rawset,{},1), e(tostring), e(type), e(ipairs), e(pairs), e(assert,false), e(assert,nil,"m"), e(assert,false,5), e(assert))
p(e(error), e(error,"x",0), e(error,5,0), e(setmetatable,{}), e(setmetatable,{},5), e(setmetatable,1,{}), e(getmetatable))
p(e(setmetatable, setmetatable({}, {__metatable = 1}), {}), getmetatable(setmetatable({}, {__metatable = 1})))
-- os
for _, v in ipairs{0, 86399, 951827696, 1709251199, 1704067200, 1e9, 2147483647, -1, -86401, 1230768000, 1262304000, 1293840000, 1325376000} do
  p(os.date("!%a %A %b %B %c %d %H %I %j %m %M %p %S %U %w %W %x %X %y %Y %Z %% %D %e %F %R %T %n %t %h %C %G %g %V %u %z %r %k %l %P %s", v))
end
p(os.date("!%q %E| %O| %", 0), os.date("!%", 0), os.date("!", 0), e(os.date, {}), e(os.date,"%Y","x"), e(os.date,"!%Y","86400"))
p(e(os.time,{}), e(os.time,{day=1}), e(os.time,{day=1,month=1}), e(os.time,{year="x",month=1,day=1}))
p(e(os.time,{year=2024,month=1,day=1}), e(os.time,{year=2024,month=13,day=-5,hour=50,min=-90,sec=1e4}), e(os.time,{year=1900,month=1,day=1}), e(os.time,{year=2024.7,month=1,day=1,hour="5"}), e(os.time, 5))
p(e(os.difftime,5,3), e(os.difftime,5), e(os.difftime))
local d = os.date("!*t", 1709251199) p(d.year, d.month, d.day, d.hour, d.min, d.sec, d.wday, d.yday, d.isdst)
-- coroutine
p(e(coroutine.create), e(coroutine.create,5), e(coroutine.create,print), e(coroutine.wrap), e(coroutine.resume), e(coroutine.status), e(coroutine.status,5))
local co = coroutine.create(function(...) p(...) p(coroutine.yield(1,nil,3)) error("e", 0) end)
p(coroutine.resume(co, nil, 2)) p(coroutine.resume(co)) p(select("#", coroutine.resume(co)), coroutine.status(co))
-- xpcall
local n = 0 p(xpcall(function() error("a",0) end, function(m) n = n + 1 if n < 4 then error(m..n,0) end return m end)) p(n)
p(xpcall(function() return 1,2,3 end, print), select("#", xpcall(function() end, print)))
p(pcall(pcall, error)) p(pcall(xpcall, error, function(m) return m end))
-- error levels through tail calls
local function level(n) error("x", n) end
local function tail(n) return level(n) end
local function line(m) return tostring(m):match(":(%d+): ") and "placed" or m end
for n = 0, 4 do p(n, line(select(2, pcall(function() local r = tail(n) return r end))), line(select(2, pcall(function() local r = level(n) return r end)))) end
