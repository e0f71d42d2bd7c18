-- ends: memory or script_error
return function(dispatcher, tracker, domain)
  local all = {}
  local text = "[" .. string.rep('{"a":[1,2,{"b":"c"}]},', 5e5) .. "1]"
  while true do all[#all + 1] = json.decode(text) end
end
