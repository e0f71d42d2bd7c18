-- Orders what the slots article and count say.
local desk = require "lib.desk"

return function(dispatcher, tracker)
  local name, count = tracker:get_slot("article"), tonumber(tracker:get_slot("count") or 1)
  if text.is_blank(name) then
    dispatcher:utter_message("What would you like to order?")
    return
  end
  local article, nearest = desk.article(name)
  if not article then
    dispatcher:utter_message {
      text = "We have no " .. name .. "." .. (nearest and " Did you mean the " .. nearest .. "?" or ""),
      buttons = nearest and { { title = text.title(nearest), payload = { intent = "order", entities = { article = nearest } } } } or {},
    }
    return SlotSet("article", nil)
  end
  local id, left = desk.order(tracker.sender_id, article.name, count)
  if not id then
    dispatcher:utter_message("There are only " .. left .. " of the " .. article.name .. " left.")
    return SlotSet("count", nil)
  end
  dispatcher:utter_message(text.template("Order {id}: {count} × {name}, {sum}.",
    { id = id, count = count, name = article.name, sum = desk.euros(article.cents * count) }))
  return { SlotSet("order", id), SlotSet("article", nil), SlotSet("count", nil) }
end
