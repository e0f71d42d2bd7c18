-- Books the time that the user named, and plans a reminder for the day before.
local clinic = require "lib.clinic"
local user = require "lib.user"

return function(dispatcher, tracker, domain)
  local at = user.moment(tracker)
  if at == nil then
    dispatcher:utter_message { response = "utter_ask_time" }
    return {}
  end
  local now = user.now(tracker)
  if at <= now then
    dispatcher:utter_message("That is over already: it is " .. time.format(now, "%H:%M on %A, %-d %B") .. ".")
    return {}
  end
  if not clinic.free(at) then
    local why = clinic.open(at) and "That time isn't free: " or "The clinic is closed then: "
    dispatcher:utter_message(why .. user.say(tracker, at) .. ".")
    return { FollowupAction("action_free_times") }
  end

  dispatcher:utter_message("Booked: " .. user.say(tracker, at) .. ".")
  -- In the slot the time is a text, with the clinic's offset.
  local events = { SlotSet("appointment", time.to(at, clinic.zone)) }
  local reminder = time.add(time.to(at, clinic.zone), { days = -1 })
  if reminder > now then
    table.insert(events, ReminderScheduled {
      intent_name = "EXTERNAL_appointment",
      trigger_date_time = reminder,
      name = "appointment",
      kill_on_user_message = false,
    })
  end
  return events
end
