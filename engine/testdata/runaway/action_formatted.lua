-- ends: memory or timeout
return function(dispatcher, tracker, domain)
  local all = {}
  while true do all[#all + 1] = string.format("%99s%99s%99s%99s", "x", "x", "x", "x") end
end
