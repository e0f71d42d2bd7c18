-- Says what an article costs.
local prices = require "lib.prices"

return function(dispatcher, tracker, domain)
  local said = tracker:get_slot("article")
  if text.is_blank(said) then
    return { FollowupAction("action_price_list") }
  end
  local row, nearest = prices.find(said)
  if row then
    dispatcher:utter_message(text.title(row.article) .. ": " .. prices.euros(row.price))
  elseif nearest then
    dispatcher:utter_message {
      text = "There is no " .. said .. ". Do you mean " .. nearest .. "?",
      buttons = { { title = "Yes", payload = { intent = "ask_price", entities = { article = nearest } } } },
    }
  else
    dispatcher:utter_message("We don't have " .. said .. ".")
    return { SlotSet("article", nil), FollowupAction("action_price_list") }
  end
  return { SlotSet("article", nil) }
end
