-- tries: A million bytes as values, and as many values as a text.
-- expect: script_error ok
-- item: 25
return function(dispatcher, tracker)
  pcall(function() return select("#", ("x"):rep(1000000):byte(1, -1)) end)
  local t = {}
  for i = 1, 3000 do t[i] = 65 end
  assert(#string.char(unpack(t)) == 3000)
  return ("x"):rep(1000000):byte(1, -1)
end
