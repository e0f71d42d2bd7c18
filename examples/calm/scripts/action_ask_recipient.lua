-- Asks for the slot recipient: Rasa looks for action_ask_<slot> before utter_ask_<slot>.
local bank = require "lib.bank"

return function(dispatcher, tracker, domain)
  dispatcher:utter_message {
    text = "Who shall get the money?",
    buttons = table.map(bank.contacts(tracker.sender_id), function(name)
      -- Becomes /SetSlots(recipient=…): the slot is set without asking the language model.
      return { title = name, payload = { set_slots = { recipient = name } } }
    end),
  }
end
