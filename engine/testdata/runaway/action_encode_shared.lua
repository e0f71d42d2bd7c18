-- ends: memory or script_error or timeout
return function(dispatcher, tracker, domain)
  local t = { 1, 2, 3, 4, 5, 6, 7, 8 }
  for _ = 1, 30 do t = { t, t } end
  json.encode(t)
end
