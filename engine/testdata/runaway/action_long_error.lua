-- ends: memory or script_error
return function(dispatcher, tracker, domain)
  error(string.rep("x", 6e7))
end
