-- ends: memory
return function(dispatcher, tracker, domain)
  local all = {}
  while true do all[#all + 1] = events.SlotSet("n", 1) end
end
