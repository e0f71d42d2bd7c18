-- ends: memory or script_error
return function(dispatcher, tracker, domain)
  local name = string.rep("x", 6e7)
  return dispatcher[name]
end
