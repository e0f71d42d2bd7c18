-- ends: memory or timeout
return function(dispatcher, tracker, domain)
  local t, all = {}, {}
  for i = 1, 2e5 do t[i] = tostring(i * 7919 % 200000) end
  table.sort(t, function(a, b) all[#all + 1] = a .. b return a < b end)
  while true do all[#all + 1] = { t[#all] } end
end
