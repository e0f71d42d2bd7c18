-- tries: Patches the library and looks whether an earlier call did.
-- expect: ok
-- item: 39
return function(dispatcher, tracker)
  local ok, leak = pcall(function() return string.leak end)
  if ok and leak or ("x"):rep(2) ~= "xx" then dispatcher:utter_message("LEAKED") end
  for _, f in ipairs {
    function() string.rep = nil end, function() string.leak = 1 end, function() rawset(string, "leak", 1) end,
    function() table.insert(string, 1) end, function() setmetatable(string, nil) end, function() string = {} end,
    function() tostring = nil end, function() math.pi = 3 end, function() json.null.x = 1 end, function() setmetatable(json, {}) end,
  } do pcall(f) end
  dispatcher:utter_message("tried")
end
