-- Says what it costs, or asks for what is missing.
local bikes = require "lib.bikes"

local WORDS = { one = 1, two = 2, three = 3, four = 4, five = 5, six = 6, seven = 7 }

return function(dispatcher, tracker, domain)
  local name = tracker:get_slot("bike")
  local bike = name and bikes.get(name)
  if bike == nil then
    return { SlotSet("bike", nil), FollowupAction("action_list_bikes") }
  end
  if bike.left == 0 then
    dispatcher:utter_message("There is no " .. name .. " left, sorry.")
    return { SlotSet("bike", nil), FollowupAction("action_list_bikes") }
  end

  local said = tracker:get_slot("days")
  local days = tonumber(said) or WORDS[said]
  if days == nil then
    dispatcher:utter_message { response = "utter_ask_days" }
    return {}
  end

  local cents = bikes.price(name, days)
  dispatcher:utter_message {
    text = string.format("%s for %d days: %s euros. Shall I book it?", name, days, bikes.euros(cents)),
    buttons = { { title = "Yes", payload = "/affirm" }, { title = "No", payload = "/deny" } },
  }
  return { SlotSet("days", days), SlotSet("price", cents / 100) }
end
