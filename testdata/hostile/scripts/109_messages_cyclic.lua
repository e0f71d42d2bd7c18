-- tries: Has the list of messages hold itself.
-- expect: script_error
return function(dispatcher, tracker)
  dispatcher:utter_message("x")
  dispatcher.messages[1].custom = dispatcher.messages
end
