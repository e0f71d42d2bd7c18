-- Runs whenever the slot recipient was filled. Setting it to nil has Rasa ask again.
local bank = require "lib.bank"

return function(dispatcher, tracker, domain)
  local said = tracker:get_slot("recipient")
  local found = bank.contacts(tracker.sender_id, said)
  if #found == 1 then
    return { SlotSet("recipient", found[1]) }
  end
  if #found == 0 then
    dispatcher:utter_message("I don't know anybody called " .. said .. ".")
  else
    dispatcher:utter_message("Do you mean " .. table.concat(found, " or ") .. "?")
  end
  return { SlotSet("recipient", nil) }
end
