-- tries: Tables that write what they lack into one another.
-- expect: script_error
return function(dispatcher, tracker)
  local a, b = {}, {}
  setmetatable(a, { __newindex = b })
  setmetatable(b, { __newindex = a })
  a.x = 1
end
