-- ends: memory
return function(dispatcher, tracker, domain)
  local t = json.decode("[" .. string.rep("1,", 3e7) .. "1]")
  return #t
end
