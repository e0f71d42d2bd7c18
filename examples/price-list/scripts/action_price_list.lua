-- Shows the whole list, by group.
local prices = require "lib.prices"

return function(dispatcher, tracker, domain)
  for _, group in ipairs(prices.groups()) do
    local lines = table.map(group.rows, function(row)
      return row.article .. ": " .. prices.euros(row.price)
    end)
    dispatcher:utter_message(text.title(group.name) .. "\n" .. table.concat(lines, "\n"))
  end
end
