-- tries: Values that hold themselves, by keys, items and marks.
-- expect: ok
return function(dispatcher, tracker)
  local a = {}
  a.a = a
  local b = json.array({})
  b[1] = b
  local c = json.object({})
  c.x = json.array({ c })
  for _, v in ipairs { a, b, c } do assert(not pcall(json.encode, v)) end
  dispatcher:utter_message("refused")
end
