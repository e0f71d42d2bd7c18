-- tries: Writes into the log for ever.
-- expect: timeout ok
return function(dispatcher, tracker)
  while true do log.error(("x"):rep(10000), { a = ("y"):rep(10000), b = tracker.slots }) print(("z"):rep(100000)) end
end
