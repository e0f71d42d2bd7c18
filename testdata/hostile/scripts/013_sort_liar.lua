-- tries: A comparison that always says yes, one that says nothing and one that says what chance wants.
-- expect: ok script_error
-- item: 13
return function(dispatcher, tracker)
  local t = {}
  for i = 1, 2000 do t[i] = i % 17 end
  pcall(table.sort, t, function() return true end)
  pcall(table.sort, t, function() end)
  pcall(table.sort, t, function() return math.random() < 0.5 end)
  dispatcher:utter_message("sorted")
end
