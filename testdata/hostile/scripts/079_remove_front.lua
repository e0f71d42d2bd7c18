-- tries: Removes from the front of long lists for ever.
-- expect: timeout
return function(dispatcher, tracker)
  while true do
    local t = {}
    for i = 1, 262000 do t[i] = i end
    while #t > 0 do table.remove(t, 1) end
  end
end
