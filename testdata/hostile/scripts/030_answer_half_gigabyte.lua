-- tries: An answer of many 60 MB texts.
-- expect: script_error memory
-- item: 26
return function(dispatcher, tracker)
  local s, t = ("x"):rep(60000000), {}
  for i = 1, 8 do t[i] = SlotSet("a" .. i, s) end
  return t
end
