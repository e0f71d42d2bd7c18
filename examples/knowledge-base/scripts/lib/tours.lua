local tours = {}

local list = {
  { id = 10, name = "Old Town", guide = "Mia", language = "english" },
  { id = 11, name = "Harbour", guide = "Jan", language = "german" },
  { id = 12, name = "By Night", guide = "Mia", language = "german" },
}

-- The tours that have all the attributes, a list of { name = …, value = … }; at most as many as the limit says.
function tours.where(attributes, limit)
  local found = {}
  for _, tour in ipairs(list) do
    local fits = true
    for _, attribute in ipairs(attributes) do
      fits = fits and tour[attribute.name] == attribute.value
    end
    if fits and #found < limit then
      found[#found + 1] = tour
    end
  end
  return found
end

-- The tour with this id or name; nil if there is none.
function tours.find(identifier)
  for _, tour in ipairs(list) do
    if tour.id == identifier or tour.name:lower() == tostring(identifier):lower() then
      return tour
    end
  end
end

return tours
