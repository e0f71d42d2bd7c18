-- ends: memory
return function(dispatcher, tracker, domain)
  local all = {}
  while true do all[#all + 1] = (string.rep("x", 1e5):gsub("x", string.rep("y", 600))) end
end
