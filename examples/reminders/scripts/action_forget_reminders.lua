-- Takes back one reminder, or all when none is named.
local plans = require "lib.plans"

return function(dispatcher, tracker, domain)
  local task = plans.task(tracker)
  if task == plans.something then
    dispatcher:utter_message("All reminders are gone.")
    return { ReminderCancelled { intent_name = "EXTERNAL_reminder" }, SlotSet("plans", {}) }
  end
  dispatcher:utter_message("This reminder is gone: " .. task .. ".")
  return { ReminderCancelled(plans.name(task)), SlotSet("plans", plans.without(tracker:get_slot("plans"), task)) }
end
