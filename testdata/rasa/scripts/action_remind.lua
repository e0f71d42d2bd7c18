return function(dispatcher)
  dispatcher:utter_message("In a second.")
  return {
    ReminderScheduled {
      intent_name = "EXTERNAL_due", trigger_date_time = time.now() + 1, entities = { city = "Ulm" }, name = "soon",
      kill_on_user_message = false,
    },
  }
end
