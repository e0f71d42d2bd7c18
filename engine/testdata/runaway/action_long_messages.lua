-- ends: memory
return function(dispatcher, tracker, domain)
  local text = string.rep("x", 1e6)
  while true do dispatcher:utter_message(text) end
end
