-- Where an order is, and when its parcel comes.
local shop = require "lib.shop"

local STATES = {
  open = "has come in",
  packed = "is packed",
  shipped = "is on its way",
}

return function(dispatcher, tracker, domain)
  local number = shop.number(tracker:get_slot("order"))
  if number == nil then
    dispatcher:utter_message { response = "utter_ask_order" }
    return {}
  end
  local order, problem, unknown = shop.order(number)
  if order == nil then
    dispatcher:utter_message(problem)
    -- A number that was right is kept, so that nobody has to say it again when the shop is back.
    return unknown and { SlotSet("order", nil) } or {}
  end

  local said = "Order " .. order.id .. " " .. (STATES[order.state] or "is " .. order.state)
  -- When it comes is nice to know. Without it the answer is still one.
  if order.parcel then
    local parcel = shop.value(http.get("shop:/parcels/" .. url.encode(order.parcel), { timeout = 2 }))
    local due = parcel and time.parse(parcel.due)
    if due then
      said = said .. " with " .. parcel.carrier .. " and should be there on " .. time.format(due, "%A, %-d %B")
    end
  end
  local items = table.map(order.items, function(item)
    return item.count .. " × " .. item.article
  end)
  if #items > 0 then
    said = said .. ". In it: " .. table.concat(items, ", ")
  end
  dispatcher:utter_message(said .. ".")
  return { SlotSet("order", order.id) }
end
