-- ends: memory
return function(dispatcher, tracker, domain)
  local all = {}
  while true do
    all[#all % 2e5 + 1] = setmetatable({ all[#all % 2e5 + 1] }, { __index = function() return all end })
  end
end
