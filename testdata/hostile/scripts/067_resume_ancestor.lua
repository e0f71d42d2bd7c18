-- tries: A coroutine that resumes the one that resumed it, and itself.
-- expect: ok
return function(dispatcher, tracker)
  local a, b
  a = coroutine.create(function() return coroutine.resume(b) end)
  b = coroutine.create(function() return coroutine.resume(a) end)
  for i = 1, 1000 do coroutine.resume(a) coroutine.resume(b) end
  local me
  me = coroutine.wrap(function() return pcall(me) end)
  me()
  dispatcher:utter_message("refused")
end
