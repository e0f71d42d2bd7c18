-- ends: memory
return function(dispatcher, tracker, domain)
  local t = {}
  while true do
    local n = #t
    t[n % 2e5 + 1] = { t[n % 2e5 + 1], function() return n end }
  end
end
