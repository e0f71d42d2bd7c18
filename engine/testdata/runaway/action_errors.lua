-- ends: memory or script_error
return function(dispatcher, tracker, domain)
  local all = {}
  local text = string.rep("x", 3e7)
  while true do
    local _, message = pcall(error, text)
    local _, placed = pcall(function() error(text) end)
    all[#all + 1] = message .. "!"
    all[#all + 1] = placed
  end
end
