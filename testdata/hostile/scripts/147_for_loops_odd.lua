-- tries: Numeric loops from and to what is no end.
-- expect: timeout
return function(dispatcher, tracker)
  for i = 1, 0/0 do end
  for i = 0/0, 1 do error("no") end
  pcall(function() for i = 1, 10, 0 do error("enough") end end)
  for i = 2^53, math.huge do end
end
