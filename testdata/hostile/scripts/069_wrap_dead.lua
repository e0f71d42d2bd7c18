-- tries: Calls coroutines that ended or failed.
-- expect: ok
return function(dispatcher, tracker)
  local w = coroutine.wrap(function() error({}) end)
  for i = 1, 100 do pcall(w) end
  local v = coroutine.wrap(function() return 1 end)
  for i = 1, 100 do pcall(v) end
  assert(coroutine.status(coroutine.create(function() end)) == "suspended")
  assert(coroutine.running() == nil)
  dispatcher:utter_message("dead")
end
