-- tries: A lazy match over 2 MB that never ends in its letter.
-- expect: timeout script_error
-- item: 9
return function(dispatcher, tracker)
  local s = ("a"):rep(2000000)
  while true do s:find(".-b") end
end
