-- tries: Levels that no stack has.
-- expect: script_error
return function(dispatcher, tracker)
  for _, level in ipairs { 0, -1, 1e9, 2^53, math.huge, -math.huge, 0/0 } do pcall(error, "x", level) end
  error("x", 1e9)
end
