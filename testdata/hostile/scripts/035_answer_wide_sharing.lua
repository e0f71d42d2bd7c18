-- tries: A value of forty levels that each hold the level below twice: 2^40 when written.
-- expect: script_error timeout memory
-- item: 26
return function(dispatcher, tracker)
  local v = { 1 }
  for i = 1, 40 do v = { v, v } end
  return { SlotSet("wide", v) }
end
