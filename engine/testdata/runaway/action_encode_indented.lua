-- ends: memory or script_error
return function(dispatcher, tracker, domain)
  local t = {}
  for i = 1, 2e5 do t[i] = 1 end
  for _ = 1, 500 do t = { t } end
  local text = json.encode(t, { indent = true })
  return #text
end
