-- ends: memory
return function(dispatcher, tracker, domain)
  local text = "[" .. string.rep("[],", 2e7) .. "1]"
  local t = json.decode(text)
  return #t
end
