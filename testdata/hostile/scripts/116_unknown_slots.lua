-- tries: Asks for slots that there aren't, for ever: each is a line in the log.
-- expect: ok timeout memory
return function(dispatcher, tracker)
  for i = 1, 1e9 do tracker:get_slot("nope" .. i) end
end
