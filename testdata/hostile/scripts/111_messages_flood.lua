-- tries: Says something for ever.
-- expect: memory timeout script_error
return function(dispatcher, tracker)
  while true do dispatcher:utter_message(("x"):rep(1000)) end
end
