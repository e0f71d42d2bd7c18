-- ends: memory
return function(dispatcher, tracker, domain)
  local t = {}
  for i = 1, math.huge do
    local u = {}
    u[262143] = 1
    t[i] = u
  end
end
