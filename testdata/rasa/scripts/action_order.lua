return function(dispatcher, tracker)
  local toppings = table.concat(tracker:get_slot("toppings"), " and ")
  dispatcher:utter_message("One " .. tracker:get_slot("size") .. " pizza with " .. toppings .. ".")
  return { SlotSet("size", nil), SlotSet("toppings", nil) }
end
