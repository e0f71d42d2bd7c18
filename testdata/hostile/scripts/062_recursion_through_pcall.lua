-- tries: Recursion by pcall, xpcall and handlers, for ever.
-- expect: script_error ok timeout
return function(dispatcher, tracker)
  local function f() return pcall(f) end
  f()
  local function g() return xpcall(g, g) end
  g()
  local depth = 0
  local function h() depth = depth + 1 xpcall(h, function() h() end) end
  h()
end
