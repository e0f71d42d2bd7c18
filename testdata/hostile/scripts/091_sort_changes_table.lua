-- tries: Comparisons that shrink, grow and replace the list that is sorted.
-- expect: ok script_error timeout
return function(dispatcher, tracker)
  for round = 1, 30 do
    local t = {}
    for i = 1, 300 do t[i] = (i * 37) % 101 end
    pcall(table.sort, t, function(a, b) t[#t] = nil return (a or 0) < (b or 0) end)
    for i = 1, 300 do t[i] = (i * 37) % 101 end
    pcall(table.sort, t, function(a, b) t[#t + 1] = 1 return (a or 0) < (b or 0) end)
    for i = 1, 300 do t[i] = (i * 37) % 101 end
    pcall(table.sort, t, function(a, b) table.remove(t, 1) table.sort(t, function(x, y) return (x or 0) > (y or 0) end) return (a or 0) < (b or 0) end)
    pcall(table.sort, { 3, "x", {}, false }, nil)
  end
  dispatcher:utter_message("sorted")
end
