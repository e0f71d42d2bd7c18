-- Has Rasa remind the user later: after the time it sends the intent EXTERNAL_reminder into this conversation.
--
-- What there is to learn here:
--   * the module time reckons with dates: time.now, time.add, time.format
--   * builders take their arguments in order, or by name in one table, as here

return function(dispatcher, tracker, domain)
  local minutes = tonumber(tracker:get_latest_entity_values("minutes")[1]) or 30
  if minutes < 1 or minutes > 24 * 60 then
    dispatcher:utter_message("I can remind you within a day, from one minute on.")
    return {}
  end

  local at = time.add(time.now(), { minutes = minutes })
  dispatcher:utter_message("I'll remind you at " .. time.format(at, "%H:%M") .. ".")

  return {
    ReminderScheduled {
      intent_name = "EXTERNAL_reminder",
      trigger_date_time = at,
      -- The same name again replaces the reminder that waits.
      name = "reminder_for_" .. tracker.sender_id,
      -- The reminder stays when the user writes something in between.
      kill_on_user_message = false,
    },
  }
end
