-- tries: Values that no answer can hold, one after the other.
-- expect: script_error
return function(dispatcher, tracker)
  local odd = { function() end, 0/0, math.huge, coroutine.create(function() end), { 1, a = 2 }, { [1.5] = 1 }, { [{}] = 1 }, tracker, json, setmetatable({}, { __index = error }) }
  for _, v in ipairs(odd) do pcall(json.encode, v) end
  return { SlotSet("x", odd) }
end
