-- What the house has to offer.
local M = {}

M.cuisines = { "thai", "greek", "italian" }

-- The most that fit at one table.
M.most = 12
M.most_outside = 8

local tables = {
  { name = "the window table", seats = 2, outdoor = false },
  { name = "the round table", seats = 6, outdoor = false },
  { name = "the long table", seats = 12, outdoor = false },
  { name = "a table under the chestnut", seats = 4, outdoor = true },
  { name = "a table by the wall", seats = 8, outdoor = true },
}

-- The smallest table that is big enough; nil if there is none.
function M.find(people, outdoor)
  local best
  for _, t in ipairs(tables) do
    if t.outdoor == outdoor and t.seats >= people and (best == nil or t.seats < best.seats) then
      best = t
    end
  end
  return best
end

return M
