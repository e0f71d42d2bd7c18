-- tries: Formats inside the __tostring that a format calls.
-- expect: ok
return function(dispatcher, tracker)
  local inner = setmetatable({}, { __tostring = function() return string.format("<%s|%5.1f|%q>", "in", 1.25, 'a"b') end })
  for i = 1, 200 do
    local r = string.format("%s-%s-%d", inner, inner, 7)
    assert(r == '<in|  1.2|"a\\"b">-<in|  1.2|"a\\"b">-7', r)
  end
  dispatcher:utter_message("same")
end
