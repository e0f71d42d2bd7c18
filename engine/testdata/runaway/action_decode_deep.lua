-- ends: memory or script_error
return function(dispatcher, tracker, domain)
  while true do
    pcall(json.decode, string.rep("[", 6e7))
  end
end
