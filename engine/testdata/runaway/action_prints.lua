-- ends: memory or timeout
return function(dispatcher, tracker, domain)
  local text = string.rep("x", 3e7)
  while true do print(text, text, text) end
end
