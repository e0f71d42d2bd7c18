-- tries: An answer just over the largest one, of bytes that grow when written.
-- expect: script_error memory
return function(dispatcher, tracker)
  return { SlotSet("text", ("\0"):rep(3000000)) }
end
