-- ends: memory or script_error or timeout
return function(dispatcher, tracker, domain)
  local t = {}
  for i = 1, math.huge do t["k" .. i] = { name = i, list = { i } } end
end
