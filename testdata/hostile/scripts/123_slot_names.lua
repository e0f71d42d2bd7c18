-- tries: Slots of names and values that are megabytes.
-- expect: script_error memory
return function(dispatcher, tracker)
  local name = ("n"):rep(30000000)
  return { SlotSet(name, name) }
end
