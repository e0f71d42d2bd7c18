-- A reminder is due: its entities came along as if the user had said them.
local plans = require "lib.plans"

return function(dispatcher, tracker, domain)
  local task = plans.task(tracker)
  dispatcher:utter_message("You wanted me to remind you: " .. task .. ".")
  return { SlotSet("plans", plans.without(tracker:get_slot("plans"), task)) }
end
