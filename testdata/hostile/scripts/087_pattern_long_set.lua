-- tries: A pattern of megabytes.
-- expect: timeout script_error ok memory
return function(dispatcher, tracker)
  local p = "[" .. ("a-z"):rep(1000000) .. "]*"
  for i = 1, 100 do pcall(string.find, ("x"):rep(1000), p) pcall(string.find, "x", ("x?"):rep(1000000)) pcall(string.find, "x", ("("):rep(1000000)) end
  while true do pcall(string.find, "x", p) end
end
