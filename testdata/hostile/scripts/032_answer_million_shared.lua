-- tries: The same event a quarter of a million times.
-- expect: ok script_error memory timeout
-- item: 26
return function(dispatcher, tracker)
  local t, e = {}, SlotSet("name", { 1, 2, 3 })
  for i = 1, 262143 do t[i] = e end
  return t
end
