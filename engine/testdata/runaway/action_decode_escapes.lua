-- ends: memory or script_error
return function(dispatcher, tracker, domain)
  local all = {}
  while true do all[#all + 1] = json.decode('["' .. string.rep("\\u00e4", 5e6) .. '"]') end
end
