-- Three questions to the shop side by side. It takes as long as the slowest, and says what came.
local shop = require "lib.shop"

return function(dispatcher, tracker, domain)
  local questions = { "shop:/hours", "shop:/news" }
  local number = shop.number(tracker:get_slot("order"))
  if number then
    table.insert(questions, { method = "GET", url = shop.path(number), timeout = 2 })
  end
  local responses = http.all(questions)

  local lines = {}
  local hours, news = shop.value(responses[1]), shop.value(responses[2])
  local order = responses[3] and shop.value(responses[3])
  if hours then
    table.insert(lines, "We are open from " .. hours.from .. " to " .. hours.to .. ".")
  end
  if news then
    table.insert(lines, "New: " .. news.title .. ".")
  end
  if order then
    table.insert(lines, "Your order " .. order.id .. " is " .. order.state .. ".")
  end
  if #lines == 0 then
    table.insert(lines, "I can't reach the shop right now.")
  end
  dispatcher:utter_message(table.concat(lines, "\n"))
end
