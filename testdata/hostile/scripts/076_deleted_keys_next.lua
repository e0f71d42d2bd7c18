-- tries: Asks for the first key of a table that had very many.
-- expect: timeout memory
return function(dispatcher, tracker)
  local t = {}
  for i = 1, 300000 do t["k" .. i] = 1 end
  for i = 1, 300000 do t["k" .. i] = nil end
  while true do next(t) end
end
