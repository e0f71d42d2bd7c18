-- tries: A __tostring that asks for its own text, and a __concat that joins itself.
-- expect: script_error
-- item: 15
return function(dispatcher, tracker)
  local t = setmetatable({}, { __tostring = function(t) return "x" .. tostring(t) end, __concat = function(a, b) return a .. b end })
  pcall(tostring, t)
  pcall(function() return t .. t end)
  return tostring(t)
end
