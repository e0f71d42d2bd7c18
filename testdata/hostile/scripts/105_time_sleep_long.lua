-- tries: Sleeps longer than it may.
-- expect: timeout
return function(dispatcher, tracker)
  pcall(time.sleep, 1e9)
  while true do pcall(time.sleep, math.huge) pcall(time.sleep, 0) end
end
