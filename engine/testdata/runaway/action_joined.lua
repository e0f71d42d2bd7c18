-- ends: memory
return function(dispatcher, tracker, domain)
  local t, all = {}, {}
  for i = 1, 1000 do t[i] = "x" end
  local big = string.rep("x", 1e6)
  while true do
    for i = 1, 60 do t[i] = big end
    all[#all + 1] = table.concat(t)
  end
end
