-- ends: memory
return function(dispatcher, tracker, domain)
  while true do local s = string.rep("x", 6e7) end
end
