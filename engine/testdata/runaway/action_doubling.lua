-- ends: memory
return function(dispatcher, tracker, domain)
  local s = "x"
  while true do s = s .. s end
end
