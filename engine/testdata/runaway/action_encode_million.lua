-- ends: memory or script_error or timeout
return function(dispatcher, tracker, domain)
  local t, all = {}, {}
  for i = 1, 2e5 do t[i] = { i } end
  while true do all[#all + 1] = json.encode(t) end
end
