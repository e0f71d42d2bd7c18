-- The customers by id. Real ones would come from a database or another server.
local M = {}

local customers = {
  ["C-1001"] = { name = "Lena", plan = "business", language = "de" },
  ["C-1002"] = { name = "Omar", plan = "free", language = "en" },
}

-- The customer with this id; nil for an unknown one, and for nil.
function M.find(id)
  return id and customers[id]
end

return M
