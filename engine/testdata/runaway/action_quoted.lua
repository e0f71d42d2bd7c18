-- ends: memory
return function(dispatcher, tracker, domain)
  local s, all = string.rep("\0", 1e7), {}
  while true do all[#all + 1] = string.format("%q", s) end
end
