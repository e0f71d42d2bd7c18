-- tries: Clears, changes and adds while it walks.
-- expect: ok
return function(dispatcher, tracker)
  for round = 1, 50 do
    local t = {}
    for i = 1, 100 do t[i] = i t["k" .. i] = i end
    for k in pairs(t) do t[k] = nil end
    assert(next(t) == nil)
    for i = 1, 100 do t[i] = i end
    for k, v in ipairs(t) do t[k + 1] = nil end
    local n = 0
    pcall(function() for k in pairs(t) do n = n + 1 t[tostring(n)] = n if n > 1000 then error("enough") end end end)
  end
  dispatcher:utter_message("walked")
end
