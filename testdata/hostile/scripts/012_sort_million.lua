-- tries: A sort of as many items as fit, by a comparison in Lua.
-- expect: timeout memory script_error ok
-- item: 12
return function(dispatcher, tracker)
  local t = {}
  for i = 1, 262000 do t[i] = (i * 7919) % 262144 end
  while true do table.sort(t, function(a, b) return a > b end) table.sort(t, function(a, b) return a < b end) end
end
