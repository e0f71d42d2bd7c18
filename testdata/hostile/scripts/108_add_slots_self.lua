-- tries: Adds the tracker's own lists to the tracker.
-- expect: script_error ok
return function(dispatcher, tracker)
  pcall(function() tracker:add_slots(tracker.events) end)
  pcall(function() tracker:add_slots { SlotSet("a", tracker.events) } end)
  tracker:add_slots { SlotSet("me", tracker.slots) }
  tracker.slots.me = tracker.slots
  pcall(function() return tracker:current_state() end)
  return { SlotSet("x", tracker.slots) }
end
