-- tries: A lazy run of one letter over 200 KB.
-- expect: timeout script_error
-- item: 10
return function(dispatcher, tracker)
  local s = ("a"):rep(200000)
  while true do s:find("a-b") end
end
