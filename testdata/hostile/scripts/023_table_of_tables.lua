-- tries: Tables inside tables without end.
-- expect: memory timeout
-- item: 21
return function(dispatcher, tracker)
  local t = {}
  while true do t = { t, {}, {}, {}, {}, {}, {}, {} } end
end
