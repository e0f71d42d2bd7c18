-- tries: A slot's value as long as a text may be.
-- expect: script_error memory
return function(dispatcher, tracker)
  return { SlotSet("text", ("x"):rep(64 * 1024 * 1024)) }
end
