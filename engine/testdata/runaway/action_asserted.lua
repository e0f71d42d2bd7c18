-- ends: memory
return function(dispatcher, tracker, domain)
  local all = {}
  while true do
    local _, message = pcall(function() assert(false, string.rep("x", 1e7)) end)
    all[#all + 1] = message
  end
end
