-- tries: Compares long equal texts for ever.
-- expect: timeout memory
return function(dispatcher, tracker)
  local a, b = ("x"):rep(20000000), ("x"):rep(19999999) .. "x"
  while true do local c = a == b local d = a < b local e = a <= b end
end
