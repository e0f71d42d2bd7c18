-- tries: Ranges and seeds that are none.
-- expect: ok
return function(dispatcher, tracker)
  for _, r in ipairs { { 0 }, { -5 }, { 2, 1 }, { 1, 2^53 }, { -2^53, 2^53 }, { 1, 1e300 }, { -1e308, 1e308 }, { math.huge }, { 0/0 }, { 1, math.huge }, { "1", "9" } } do pcall(math.random, r[1], r[2]) end
  for _, s in ipairs { 0, -1, 2^63, math.huge, 0/0, 1e300 } do pcall(math.randomseed, s) local x = math.random() assert(x >= 0 and x < 1) end
  dispatcher:utter_message("drawn")
end
