-- ends: memory or script_error or timeout
return function(dispatcher, tracker, domain)
  local all = {}
  while true do all[#all + 1] = os.date(string.rep("%c", 1e6)) end
end
