-- tries: Asks for members whose names are megabytes long: looking for the nearest name must not take for ever.
-- expect: ok script_error
return function(dispatcher, tracker)
  local name = ("get_slot"):rep(1000000)
  for i = 1, 20 do
    pcall(function() return tracker[name] end) pcall(function() return json[name] end) pcall(function() return dispatcher[name] end)
    pcall(SlotSet, { [name] = 1 }) pcall(function() dispatcher:utter_message { buttons = { { [name] = 1 } } } end) pcall(time.add, time.now(), { [name] = 1 })
  end
  dispatcher:utter_message("none")
end
