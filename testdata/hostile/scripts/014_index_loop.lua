-- tries: Tables that look for what they lack in one another.
-- expect: script_error
-- item: 14
return function(dispatcher, tracker)
  local a, b = {}, {}
  setmetatable(a, { __index = b })
  setmetatable(b, { __index = a })
  return a.x
end
