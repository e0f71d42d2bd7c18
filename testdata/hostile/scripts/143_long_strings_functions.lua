-- tries: Calls every function of the string library with texts of 30 MB.
-- expect: timeout memory
return function(dispatcher, tracker)
  local a = ("x y"):rep(10000000)
  while true do a:upper() a:lower() a:reverse() a:len() a:sub(2, -2) a:byte(-1) a:find("z", 1, true) a:find("y$") a:gsub("z", "") a:match("^x") end
end
