-- The orders, as a table that several actions can share: local orders = require "lib.orders"
--
-- A file in lib/ is no action. It runs once in each call, and what it returns is what require gives.
-- In a real shop this would be a service or a database; a table is enough to begin with.

local orders = {
  ["A-1001"] = { status = "sent", carrier = "DHL", days = 2, items = { "coffee grinder" } },
  ["A-1002"] = { status = "packed", items = { "filter paper", "milk jug" } },
  ["A-1003"] = { status = "cancelled", items = { "espresso machine" } },
}

local M = {}

-- People write order numbers in many ways: "a1001", "A 1001", "#A-1001". This gives them one form, or nil.
function M.number(text)
  local letter, digits = tostring(text):upper():match("(%a)[%s%-]*(%d%d%d%d)")
  if letter == nil then
    return nil
  end
  return letter .. "-" .. digits
end

-- The order of that number, or nil when there is none.
function M.find(number)
  return orders[number]
end

return M
