-- Says what is about to happen, with the figures as people write them.
local bank = require "lib.bank"

return function(dispatcher, tracker, domain)
  local cents = math.floor(tracker:get_slot("amount") * 100 + 0.5)
  dispatcher:utter_message {
    text = text.template("Send {amount} euros to {recipient}?", {
      amount = bank.euros(cents),
      recipient = tracker:get_slot("recipient"),
    }),
    buttons = {
      { title = "Yes", payload = { set_slots = { confirmed = true } } },
      { title = "No", payload = { set_slots = { confirmed = false } } },
    },
  }
end
