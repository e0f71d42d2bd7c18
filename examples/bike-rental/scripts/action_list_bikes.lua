-- Shows what can be rented, with a button for each bike that is there.
local bikes = require "lib.bikes"

return function(dispatcher, tracker, domain)
  local lines, buttons = {}, {}
  for _, name in ipairs(bikes.names()) do
    local bike = bikes.get(name)
    if bike.left > 0 then
      table.insert(lines, name .. ": " .. bikes.euros(bike.per_day) .. " euros a day")
      -- A table as payload becomes the text that Rasa reads: /choose_bike{"bike":"e-bike"}
      table.insert(buttons, { title = name, payload = { intent = "choose_bike", entities = { bike = name } } })
    else
      table.insert(lines, name .. ": all out")
    end
  end
  dispatcher:utter_message { text = table.concat(lines, "\n"), buttons = buttons }
end
