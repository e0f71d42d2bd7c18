-- Announces that an order comes back. What changes something is sent once: after a time-out nobody knows whether it arrived, so
-- the user is told that, and not to try again.
local shop = require "lib.shop"

return function(dispatcher, tracker, domain)
  local number = shop.number(tracker:get_slot("order"))
  if number == nil then
    dispatcher:utter_message { response = "utter_ask_order" }
    return {}
  end
  local response = http.post(shop.path(number) .. "/returns", { json = { reason = tracker:get_slot("reason") or "none" }, timeout = 2 })
  if response.status == 409 then
    dispatcher:utter_message("Order " .. number .. " isn't sent yet, so there is nothing to send back.")
    return {}
  elseif response.status == 0 then
    log.error("unknown whether a return was announced", { order = number, why = response.error })
    dispatcher:utter_message("I'm not sure whether that worked. A colleague will look at it and write to you.")
    return { SlotSet("unsure", number) }
  end
  local made, problem = shop.value(response)
  if made == nil then
    dispatcher:utter_message(problem)
    return {}
  end
  dispatcher:utter_message("Return " .. made.id .. " is announced. The label comes by mail.")
  return { SlotSet("return_number", made.id), SlotSet("reason", nil) }
end
