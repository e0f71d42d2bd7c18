-- tries: JSON of a million levels, read and written.
-- expect: ok
return function(dispatcher, tracker)
  local deep = ("["):rep(1000000) .. ("]"):rep(1000000)
  assert(not pcall(json.decode, deep))
  assert(not pcall(json.decode, ('{"a":'):rep(100000)))
  local v = {}
  for i = 1, 100000 do v = { v } end
  assert(not pcall(json.encode, v))
  dispatcher:utter_message("refused")
end
