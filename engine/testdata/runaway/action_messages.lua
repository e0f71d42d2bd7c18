-- ends: memory
return function(dispatcher, tracker, domain)
  while true do dispatcher:utter_message("the same again and again") end
end
