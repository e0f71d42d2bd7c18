-- Moves the appointment a week: to the same time of day at the clinic, also when clocks are changed in between.
local clinic = require "lib.clinic"
local user = require "lib.user"

return function(dispatcher, tracker, domain)
  local at = time.parse(tracker:get_slot("appointment"))
  if at == nil then
    dispatcher:utter_message("You have no appointment.")
    return {}
  end
  -- A text has an offset and no place. On Berlin's clock a week later knows of the night when it is changed.
  local later = time.add(time.to(at, clinic.zone), { weeks = 1 })
  if not clinic.free(later) then
    dispatcher:utter_message("A week later isn't free: " .. user.say(tracker, later) .. ".")
    return { FollowupAction("action_free_times") }
  end
  dispatcher:utter_message("Moved: " .. user.say(tracker, later) .. ".")
  return {
    SlotSet("appointment", later),
    ReminderCancelled("appointment"),
    ReminderScheduled {
      intent_name = "EXTERNAL_appointment",
      trigger_date_time = time.add(later, { days = -1 }),
      name = "appointment",
      kill_on_user_message = false,
    },
  }
end
