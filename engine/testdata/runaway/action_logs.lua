-- ends: memory or timeout
return function(dispatcher, tracker, domain)
  local text = string.rep("x", 6e7)
  while true do log.info(text, { a = text, b = text }) end
end
