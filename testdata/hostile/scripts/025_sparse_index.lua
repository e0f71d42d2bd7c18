-- tries: An assignment far beyond a list's end.
-- expect: ok
-- item: 23
return function(dispatcher, tracker)
  local t = {}
  t[67108863] = 1
  t[2^31] = 1
  t[-5] = 1
  t[1e300] = 1
  dispatcher:utter_message("set")
end
