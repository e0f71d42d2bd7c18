-- ends: memory
return function(dispatcher, tracker, domain)
  local all, t = {}, {}
  for i = 1, math.huge do
    t[#t + 1] = i
    if #t > 2e5 then all[#all + 1] = t t = {} end
  end
end
