-- tries: Bytes that are no text, as texts, keys and names.
-- expect: ok script_error
return function(dispatcher, tracker)
  return { SlotSet("\255\254", "\237\160\128\0\1\127\192\128"), SlotSet("x", { ["\255"] = "\239\191\191" }) }
end
