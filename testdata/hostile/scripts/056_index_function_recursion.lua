-- tries: An __index that reads through itself.
-- expect: script_error
return function(dispatcher, tracker)
  local t = setmetatable({}, { __index = function(t, k) return t[k .. "x"] end })
  return t.a
end
