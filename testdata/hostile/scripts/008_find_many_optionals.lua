-- tries: A pattern of thirty optional letters.
-- expect: timeout script_error
-- item: 8
return function(dispatcher, tracker)
  local s = ("a"):rep(30)
  while true do s:find(("a?"):rep(30) .. s .. "b") end
end
