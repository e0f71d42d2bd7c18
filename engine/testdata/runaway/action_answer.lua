-- ends: memory or script_error
return function(dispatcher, tracker, domain)
  local list = {}
  for i = 1, 60 do list[i] = events.SlotSet("n", string.rep("x", 1e6)) end
  return list
end
