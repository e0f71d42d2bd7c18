-- ends: memory
return function(dispatcher, tracker, domain)
  local t = {}
  while true do t = { t } end
end
