-- tries: Events that hold themselves.
-- expect: script_error
return function(dispatcher, tracker)
  local e = SlotSet("a", 1)
  e.value = e
  return { e, e }
end
