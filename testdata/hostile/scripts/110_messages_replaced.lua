-- tries: Puts everything but messages where the messages are.
-- expect: script_error ok
return function(dispatcher, tracker)
  for _, v in ipairs { 1, true, "x", print, tracker, dispatcher, json, json.null, {}, { {} }, { 1, 2 }, setmetatable({}, { __index = error, __len = error }) } do
    pcall(function() dispatcher.messages = v end)
    pcall(function() dispatcher:utter_message("x") end)
    pcall(function() return #dispatcher.messages end)
  end
  dispatcher.messages = nil
  dispatcher.messages = { "text", 5, function() end }
end
