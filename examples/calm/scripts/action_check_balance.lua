-- A step of the flow: its next step depends on the slot enough.
local bank = require "lib.bank"

return function(dispatcher, tracker, domain)
  local cents = bank.balance(tracker.sender_id)
  return {
    SlotSet("balance", cents / 100),
    SlotSet("enough", tracker:get_slot("amount") * 100 <= cents),
  }
end
