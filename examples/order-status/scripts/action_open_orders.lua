-- The customer's open orders, as buttons.
local shop = require "lib.shop"

return function(dispatcher, tracker, domain)
  local customer = tracker:get_slot("customer")
  if customer == nil then
    dispatcher:utter_message { response = "utter_ask_customer" }
    return {}
  end
  local orders, problem = shop.value(http.get("shop:/orders", { query = { customer = customer, open = true } }))
  if orders == nil then
    dispatcher:utter_message(problem)
  elseif #orders == 0 then
    dispatcher:utter_message("You have no open orders.")
  else
    dispatcher:utter_message {
      text = "Which one do you mean?",
      buttons = table.map(orders, function(order)
        return { title = order.id .. " (" .. order.state .. ")", payload = { intent = "ask_status", entities = { order = order.id } } }
      end),
    }
  end
end
