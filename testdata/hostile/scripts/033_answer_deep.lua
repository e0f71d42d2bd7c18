-- tries: A slot's value a million levels deep.
-- expect: script_error timeout memory
-- item: 26
return function(dispatcher, tracker)
  local v = {}
  for i = 1, 1000000 do v = { v } end
  return { SlotSet("deep", v) }
end
