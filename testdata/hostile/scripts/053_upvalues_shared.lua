-- tries: Two closures share one variable through errors, coroutines and loops.
-- expect: ok
return function(dispatcher, tracker)
  local n = 0
  local function inc() n = n + 1 end
  for i = 1, 100 do pcall(function() inc() error("x") end) coroutine.wrap(function() inc() end)() end
  assert(n == 200, n)
  dispatcher:utter_message("200")
end
