-- The form is filled: finds a table, says so, and forgets the answers.
local house = require "lib.house"

return function(dispatcher, tracker, domain)
  local slots = tracker.slots
  local found = house.find(slots.people, slots.outdoor)
  local events = { SlotSet("people", nil), SlotSet("outdoor", nil), SlotSet("phone", nil) }
  if found == nil then
    dispatcher:utter_message { response = "utter_full" }
    return events
  end
  -- The keys beside response fill the places in its text.
  dispatcher:utter_message { response = "utter_booked", table_name = found.name, people = slots.people, cuisine = slots.cuisine }
  table.insert(events, SlotSet("table_name", found.name))
  return events
end
