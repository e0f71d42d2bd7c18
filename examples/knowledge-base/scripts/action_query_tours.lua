-- The same without a file: four functions say what there is. lib/tours.lua has a table; what it does with it, it could as well
-- ask a database or another server for.
local tours = require "lib.tours"

return knowledge_base {
  get_object_types = function()
    return { "tour" }
  end,
  get_attributes_of_object = function()
    return { "name", "guide", "language" }
  end,
  get_objects = function(_, attributes, limit)
    return tours.where(attributes, limit)
  end,
  get_object = function(_, identifier)
    return tours.find(identifier)
  end,
}
