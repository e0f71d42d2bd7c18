-- tries: Bases and digits of every kind.
-- expect: ok script_error
return function(dispatcher, tracker)
  for base = -2, 40 do for _, s in ipairs { "", " ", "z", "10", "-7f", "0x10", "1e5", "١", ("9"):rep(400), "  12  ", "\0" } do pcall(tonumber, s, base) end end
  pcall(tonumber, {}, 16) pcall(tonumber, "1", 0/0) pcall(tonumber, "1", math.huge)
  dispatcher:utter_message("read")
end
