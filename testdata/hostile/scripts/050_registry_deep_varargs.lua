-- tries: Deep calls with very many values each.
-- expect: script_error timeout memory
return function(dispatcher, tracker)
  local t = {}
  for i = 1, 60000 do t[i] = i end
  local function f(...) return select("#", ...) + f(...) end
  return f(unpack(t))
end
