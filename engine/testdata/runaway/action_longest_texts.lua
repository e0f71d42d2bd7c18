-- ends: memory
return function(dispatcher, tracker, domain)
  local t = {}
  while true do t[#t + 1] = string.rep("x", 6e7) end
end
