-- tries: Thirty-two captures that all can be long or short.
-- expect: timeout script_error
return function(dispatcher, tracker)
  local s = ("a"):rep(500)
  while true do s:find(("(a-)"):rep(32) .. "b") end
end
