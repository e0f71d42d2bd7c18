-- ends: memory
return function(dispatcher, tracker, domain)
  local t, all = {}, {}
  for i = 1, 1e5 do t[i] = i end
  while true do all[#all + 1] = { unpack(t) } end
end
