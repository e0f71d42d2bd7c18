-- What there is to rent. Prices are cents, so that sums stay exact.
local bikes = {
  ["city bike"] = { per_day = 900, left = 4 },
  ["e-bike"] = { per_day = 2900, left = 2 },
  ["cargo bike"] = { per_day = 2400, left = 0 },
}

local M = {}

-- The names, cheapest first.
function M.names()
  local names = {}
  for name in pairs(bikes) do
    table.insert(names, name)
  end
  table.sort(names, function(a, b)
    return bikes[a].per_day < bikes[b].per_day
  end)
  return names
end

function M.get(name)
  return bikes[name]
end

-- A week costs what six days cost.
function M.price(name, days)
  local paid = days - math.floor(days / 7)
  return bikes[name].per_day * paid
end

-- 2900 becomes "29.00"
function M.euros(cents)
  return string.format("%.2f", cents / 100)
end

return M
