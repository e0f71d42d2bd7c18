-- tries: Sets slots in the tracker for ever.
-- expect: timeout memory script_error
return function(dispatcher, tracker)
  local n = 0
  while true do
    n = n + 1
    tracker:add_slots { SlotSet("slot" .. n, ("x"):rep(100)), SlotSet("same", tracker.slots) }
  end
end
