-- ends: memory
return function(dispatcher, tracker, domain)
  local s, all = string.rep("x", 6e6), {}
  while true do all[#all + 1] = string.format("%s%s%s%s%s%s%s%s%s%s", s, s, s, s, s, s, s, s, s, s) end
end
