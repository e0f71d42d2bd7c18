-- tries: Recursion of every kind till the stack is full, many times.
-- expect: script_error
return function(dispatcher, tracker)
  local function f() return 1 + f() end
  local function g(t) return g({ t }) + 1 end
  for i = 1, 200 do pcall(f) pcall(g) end
  return f()
end
