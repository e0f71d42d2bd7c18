-- ends: memory
return function(dispatcher, tracker, domain)
  local all = {}
  for i = 1, 100 do all[i] = string.rep("x", 1e6) end
  time.sleep(0.3)
  while true do all[#all + 1] = string.rep("y", 1e5) end
end
