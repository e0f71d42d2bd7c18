-- tries: A slot's value that holds itself.
-- expect: script_error
-- item: 26
return function(dispatcher, tracker)
  local v = {}
  v[1] = { a = { v } }
  return { SlotSet("round", v) }
end
