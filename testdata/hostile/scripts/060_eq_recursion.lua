-- tries: Comparisons that compare again.
-- expect: script_error timeout
return function(dispatcher, tracker)
  local mt = {}
  mt.__eq = function(a, b) return setmetatable({}, mt) == setmetatable({}, mt) end
  mt.__lt = function(a, b) return b < a end
  local a, b = setmetatable({}, mt), setmetatable({}, mt)
  pcall(function() return a < b end)
  return a == b
end
