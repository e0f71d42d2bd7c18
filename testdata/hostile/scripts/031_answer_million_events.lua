-- tries: An answer of a million events.
-- expect: script_error memory timeout
-- item: 26
return function(dispatcher, tracker)
  local t = {}
  for i = 1, 1000000 do table.insert(t, SlotSet("s" .. i, i)) end
  return t
end
