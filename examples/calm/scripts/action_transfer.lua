-- Sends it. Run from anywhere but its flow, it rejects.
local bank = require "lib.bank"

return function(dispatcher, tracker, domain)
  local frame = tracker.stack[#tracker.stack]
  if frame == nil or frame.flow_id ~= "transfer_money" or not tracker:get_slot("confirmed") then
    reject("nobody confirmed a transfer")
  end
  local cents = math.floor(tracker:get_slot("amount") * 100 + 0.5)
  log.info("transfer", { flow = frame.flow_id, cents = cents })
  dispatcher:utter_message { response = "utter_sent", amount = bank.euros(cents), recipient = tracker:get_slot("recipient") }
  return { SlotSet("recipient", nil), SlotSet("amount", nil), SlotSet("confirmed", nil) }
end
