-- Begins a session: keeps who the customer is, forgets the rest.
return function(dispatcher, tracker, domain)
  local events = { SessionStarted() }
  local customer = tracker:get_slot("customer")
  if customer then
    table.insert(events, SlotSet("customer", customer))
    dispatcher:utter_message("Good to see you again, " .. customer .. "!")
  end
  -- A session start has to end with action_listen, else Rasa predicts at once.
  table.insert(events, ActionExecuted("action_listen"))
  return events
end
