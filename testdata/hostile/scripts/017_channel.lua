-- tries: Waits for a channel for ever; there are none.
-- expect: script_error
-- item: 17
return function(dispatcher, tracker)
  channel.make():receive()
end
