-- tries: A date in a format of a million verbs.
-- expect: script_error ok timeout memory
-- item: 18
return function(dispatcher, tracker)
  local layout = ("%c"):rep(1000000)
  while true do os.date(layout) end
end
