-- ends: memory
return function(dispatcher, tracker, domain)
  local s, all = string.rep("x", 3e7), {}
  while true do all[#all + 1] = s:upper():lower():reverse() end
end
