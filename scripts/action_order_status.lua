-- Looks up an order in a table and says where it is.
--
-- What there is to learn here:
--   * shared code and data lie in lib/ and come in with require
--   * the values of entities of the last message: tracker:get_latest_entity_values("name")
--   * SlotSet keeps something for the rest of the conversation

local orders = require "lib.orders"

-- One sentence for each status; %s is replaced by string.format below.
local SENTENCES = {
  packed = "Order %s is packed and leaves our house today.",
  cancelled = "Order %s was cancelled. If that wasn't you, please tell me.",
}

local function sentence(number, order)
  if order.status == "sent" then
    return string.format("Order %s is on its way with %s and should be there in %d days.", number, order.carrier, order.days)
  end
  return string.format(SENTENCES[order.status] or "Order %s is being worked on.", number)
end

return function(dispatcher, tracker, domain)
  -- What was said just now counts first, then what the bot remembers.
  local said = tracker:get_latest_entity_values("order_number")[1] or tracker:get_slot("order_number")
  if said == nil then
    dispatcher:utter_message("What is the number of your order? It looks like A-1001.")
    return {}
  end

  local number = orders.number(said)
  local order = number and orders.find(number)
  if order == nil then
    dispatcher:utter_message("I can't find an order " .. said .. ". Could you look at the number once more?")
    -- nil empties the slot, so that the number is asked for again.
    return { SlotSet("order_number", nil) }
  end

  dispatcher:utter_message(sentence(number, order) .. " In it: " .. table.concat(order.items, ", ") .. ".")
  return { SlotSet("order_number", number), SlotSet("order_status", order.status) }
end
