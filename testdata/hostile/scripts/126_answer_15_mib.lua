-- tries: An answer just below the largest one.
-- expect: ok
return function(dispatcher, tracker)
  return { SlotSet("text", ("x"):rep(15000000)) }
end
