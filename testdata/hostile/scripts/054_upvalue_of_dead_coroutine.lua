-- tries: A closure made in a coroutine that died lives on.
-- expect: ok
return function(dispatcher, tracker)
  local get
  local co = coroutine.create(function() local v = { 42 } get = function() return v[1] end error("die") end)
  coroutine.resume(co)
  for i = 1, 100 do coroutine.resume(coroutine.create(function() local a, b, c = 1, 2, 3 return a + b + c end)) end
  assert(get() == 42)
  dispatcher:utter_message("42")
end
