-- tries: Parked coroutines that each hold a deep stack full of values.
-- expect: memory timeout script_error
return function(dispatcher, tracker)
  local all = {}
  local function deep(n, ...) if n == 0 then coroutine.yield() else return 1, deep(n - 1, n, n, n, n, ...) end end
  while true do local co = coroutine.wrap(deep) co(100) all[#all + 1] = co end
end
