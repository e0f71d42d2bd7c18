-- tries: Ends the server.
-- expect: script_error
-- item: 37
return function(dispatcher, tracker)
  os.exit(1)
end
