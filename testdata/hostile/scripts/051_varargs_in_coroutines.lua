-- tries: Thousands of values through resume and yield.
-- expect: ok script_error timeout memory
return function(dispatcher, tracker)
  local t = {}
  for i = 1, 50000 do t[i] = i end
  for i = 1, 100 do
    local co = coroutine.create(function(...) while true do coroutine.yield(...) end end)
    pcall(coroutine.resume, co, unpack(t))
    pcall(coroutine.resume, co, unpack(t))
  end
  dispatcher:utter_message("passed")
end
