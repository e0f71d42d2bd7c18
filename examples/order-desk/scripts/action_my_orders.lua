-- Lists the orders of whoever asks.
local desk = require "lib.desk"

return function(dispatcher, tracker)
  local lines = table.map(desk.orders(tracker.sender_id), function(order)
    return "Order " .. order.id .. ": " .. order.count .. " × " .. order.article .. ", " .. order.state
  end)
  if #lines == 0 then
    dispatcher:utter_message("You have ordered nothing yet.")
  else
    dispatcher:utter_message(table.concat(lines, "\n"))
  end
end
