-- tries: A pattern of twelve stars that never fits.
-- expect: timeout script_error
-- item: 7
return function(dispatcher, tracker)
  local s = ("a"):rep(200)
  while true do s:find(("a*"):rep(12) .. "b") end
end
