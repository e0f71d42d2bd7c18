-- tries: Balanced brackets over 100 KB of opening ones.
-- expect: timeout script_error
-- item: 11
return function(dispatcher, tracker)
  local s = ("("):rep(100000)
  while true do s:find("%b()") end
end
