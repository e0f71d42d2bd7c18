-- tries: Reaches for the metatable that all texts share.
-- expect: ok
-- item: 40
return function(dispatcher, tracker)
  local ok, mt = pcall(getmetatable, "")
  if ok and type(mt) == "table" then
    pcall(function() mt.__index = function() return "LEAKED" end end)
    pcall(function() mt.leak = 1 end)
    pcall(function() mt.__index.leak = function() return "LEAKED" end end)
  end
  pcall(setmetatable, "", { __index = {} })
  local found, leak = pcall(function() return ("x").leak end)
  dispatcher:utter_message(found and leak and "LEAKED" or "clean")
end
