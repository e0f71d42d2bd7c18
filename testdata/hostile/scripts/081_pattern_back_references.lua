-- tries: Back references to long captures, tried everywhere.
-- expect: timeout script_error
return function(dispatcher, tracker)
  local s = ("ab"):rep(50000)
  while true do s:find("(.+)(.+)%1%2c") end
end
