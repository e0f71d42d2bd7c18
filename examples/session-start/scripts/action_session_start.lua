-- Takes the place of Rasa's own action: a session begins, at the first message and after an hour of silence.
local customers = require "lib.customers"

-- What is known of the user and stays; everything else is forgotten.
local KEPT = { "customer_id", "name", "plan", "language" }

return function(dispatcher, tracker, domain)
  -- A session has to begin with this event ...
  local events = { SessionStarted() }

  -- The website sends { "customer_id": "C-1001" } as metadata of the first message.
  local sent = tracker:get_slot("session_started_metadata") or {}
  local known = tracker:get_slot("customer_id")
  local customer = customers.find(sent.customer_id)

  if customer then
    local slots = table.merge(customer, { customer_id = sent.customer_id })
    for _, name in ipairs(KEPT) do
      table.insert(events, SlotSet(name, slots[name]))
    end
    dispatcher:utter_message { response = "utter_welcome_back", name = customer.name }
  elseif known then
    for _, name in ipairs(KEPT) do
      local value = tracker:get_slot(name)
      table.insert(events, value ~= nil and SlotSet(name, value))
    end
  else
    dispatcher:utter_message { response = "utter_welcome" }
  end

  -- ... and end with this one, or Rasa would predict before anything was said.
  table.insert(events, ActionExecuted("action_listen"))
  return events
end
