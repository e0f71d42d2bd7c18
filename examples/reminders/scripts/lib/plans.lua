-- The plans are a slot, so that they last: a list of { task = …, at = … }.
local M = {}

-- What nobody named.
M.something = "something"

-- The task that the user named, or something.
function M.task(tracker)
  return tracker:get_latest_entity_values("task")[1] or M.something
end

-- The reminder's name. Scheduling another one of the same name replaces it.
function M.name(task)
  return "reminder: " .. text.lower(task)
end

-- The plans without this task.
function M.without(plans, task)
  return table.filter(plans or {}, function(plan)
    return text.lower(plan.task) ~= text.lower(task)
  end)
end

return M
