-- The price list that the team keeps, as the actions need it.
local settings = files.load("data/shop.yml")
local rows = files.load("data/prices.csv")

local M = {}

-- "4.20" becomes "4.20 euros". All values of a CSV file are texts.
function M.euros(price)
  return string.format("%.2f %s", tonumber(price), settings.currency)
end

-- The row of an article, and the name that comes nearest if there is none.
function M.find(name)
  local wanted, nearest, best = text.lower(text.trim(name)), nil, settings.alike
  for _, row in ipairs(rows) do
    if row.article == wanted then
      return row
    end
    local alike = text.similarity(row.article, wanted)
    if alike >= best then
      nearest, best = row.article, alike
    end
  end
  return nil, nearest
end

-- The groups in the order in which they are shown, each with its rows.
function M.groups()
  return table.map(settings.groups, function(group)
    return { name = group, rows = table.filter(rows, function(row) return row.group == group end) }
  end)
end

return M
