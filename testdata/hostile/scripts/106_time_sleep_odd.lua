-- tries: Sleeps that are no time at all.
-- expect: ok script_error
return function(dispatcher, tracker)
  for _, n in ipairs { 0, -1, -math.huge, 0/0, 1e-300 } do pcall(time.sleep, n) end
  dispatcher:utter_message("awake")
end
