-- tries: A list that grows for ever.
-- expect: memory
-- item: 21
return function(dispatcher, tracker)
  local t = {}
  while true do t[#t + 1] = ("x"):rep(1024) end
end
