return function(dispatcher, tracker, domain)
  dispatcher:utter_message("Welcome.")
  return { SessionStarted(), SlotSet("sessions", (tracker:get_slot("sessions") or 0) + 1), ActionExecuted("action_listen") }
end
