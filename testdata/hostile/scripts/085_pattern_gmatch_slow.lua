-- tries: An iteration of slow matches.
-- expect: timeout script_error
return function(dispatcher, tracker)
  local s = ("a"):rep(100000)
  while true do for x in s:gmatch("(a-)b") do end end
end
