-- tries: Iterators over texts that run side by side and outlive their loop.
-- expect: ok
return function(dispatcher, tracker)
  local function words(s) return s:gmatch("%a+") end
  for i = 1, 100 do
    local a, b = words("one two three"), words("eins zwei drei")
    assert(a() == "one" and b() == "eins" and a() == "two" and b() == "zwei")
    ;("x y"):gsub("%a", function() assert(a() == nil or true) end)
  end
  dispatcher:utter_message("both")
end
