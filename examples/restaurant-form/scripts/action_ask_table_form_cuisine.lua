-- Rasa calls this when the form asks for the slot cuisine, in place of a response utter_ask_cuisine.
local house = require "lib.house"

return function(dispatcher, tracker, domain)
  local buttons = {}
  for _, cuisine in ipairs(house.cuisines) do
    table.insert(buttons, { title = cuisine, payload = { intent = "inform", entities = { cuisine = cuisine } } })
  end
  dispatcher:utter_message { text = "What would you like to eat?", buttons = buttons }
end
