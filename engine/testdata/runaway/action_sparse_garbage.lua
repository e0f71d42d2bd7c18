-- ends: memory or timeout
return function(dispatcher, tracker, domain)
  while true do
    local u = {}
    u[262143] = 1
  end
end
