-- ends: memory or timeout
return function(dispatcher, tracker, domain)
  local all = {}
  while true do all[#all + 1] = tracker:current_state() end
end
