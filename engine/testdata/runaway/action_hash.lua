-- ends: memory or script_error or timeout
return function(dispatcher, tracker, domain)
  local t = {}
  for i = 1, math.huge do t[i + 0.5] = true end
end
