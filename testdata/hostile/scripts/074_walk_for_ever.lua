-- tries: Adds a key for each key that it visits.
-- expect: timeout memory
return function(dispatcher, tracker)
  local t, n = { 1 }, 1
  for k in pairs(t) do n = n + 1 t["k" .. n] = n end
  while true do for k in pairs(t) do n = n + 1 t["k" .. n] = n end end
end
