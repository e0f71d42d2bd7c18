-- Plans a reminder. At its time Rasa sends itself the intent EXTERNAL_reminder, and action_reminder_due answers.
local plans = require "lib.plans"

return function(dispatcher, tracker, domain)
  local task = plans.task(tracker)
  -- Duckling gives a moment as text; from "between five and six" it makes a table from … to.
  local said = tracker:get_latest_entity_values("time")[1]
  if type(said) == "table" then
    said = said.from
  end
  local at = time.parse(said)
  if at == nil then
    dispatcher:utter_message { response = "utter_ask_when" }
    return {}
  end
  if at < time.now() then
    dispatcher:utter_message { response = "utter_too_late" }
    return {}
  end

  dispatcher:utter_message("I'll remind you on " .. time.format(at, "%A, %-d %B, at %H:%M") .. ": " .. task .. ".")
  local list = plans.without(tracker:get_slot("plans"), task)
  table.insert(list, { task = task, at = at })
  return {
    ReminderScheduled {
      intent_name = "EXTERNAL_reminder",
      trigger_date_time = at,
      entities = { { entity = "task", value = task } },
      name = plans.name(task),
      -- Else the next thing that the user says would cancel it.
      kill_on_user_message = false,
    },
    SlotSet("plans", list),
  }
end
