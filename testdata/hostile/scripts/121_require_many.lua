-- tries: Requires ten thousand names that are none, and one that fails each time.
-- expect: timeout script_error ok
return function(dispatcher, tracker)
  for i = 1, 10000 do pcall(require, "lib.none" .. i) pcall(require, "lib.fails") end
  for _, n in ipairs { "", ".", "..", "lib", "lib.", "lib..x", "../lib/x", "lib/../../x", "lib.\0", ("lib."):rep(10000), "__index" } do pcall(require, n) end
  pcall(require, ("x"):rep(10000000))
  dispatcher:utter_message("refused")
end
