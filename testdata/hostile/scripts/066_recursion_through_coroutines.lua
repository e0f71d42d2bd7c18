-- tries: Recursion by coroutines inside coroutines.
-- expect: script_error ok
return function(dispatcher, tracker)
  local deepest = 0
  local function f(n) deepest = n local ok, e = coroutine.resume(coroutine.create(f), n + 1) if not ok then error(e, 0) end end
  local ok, e = pcall(f, 1)
  assert(not ok and deepest > 50)
  return f(1)
end
