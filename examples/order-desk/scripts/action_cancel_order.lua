-- Cancels the order of the slot order, if it is the user's own and still open.
local desk = require "lib.desk"

return function(dispatcher, tracker)
  local id = tonumber(tracker:get_slot("order"))
  if id and desk.cancel(tracker.sender_id, id) then
    dispatcher:utter_message("Order " .. id .. " is cancelled.")
    return SlotSet("order", nil)
  end
  dispatcher:utter_message("You have no such order that could be cancelled.")
end
