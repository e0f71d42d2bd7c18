-- tries: Recursion by format and its "%s".
-- expect: script_error
return function(dispatcher, tracker)
  local t = setmetatable({}, {})
  getmetatable(t).__tostring = function(x) return string.format("%s", x) end
  return string.format("%s", t)
end
