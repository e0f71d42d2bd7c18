-- tries: Does with json.null whatever a value allows.
-- expect: ok
return function(dispatcher, tracker)
  local n = json.null
  for _, f in ipairs {
    function() return n.x end, function() n.x = 1 end, function() return n() end, function() return n + 1 end, function() return #n end,
    function() return n .. "x" end, function() return n < n end, function() setmetatable(n, {}) end, function() rawset(n, 1, 1) end,
    function() return pairs(n) end, function() return ipairs(n) end, function() return unpack(n) end, function() error(n) end, function() error(n, 2) end,
  } do pcall(f) end
  local t = { [n] = 1 }
  assert(t[n] == 1 and n == json.null and getmetatable(n) == nil)
  assert(tostring(n) == "null")
  dispatcher:utter_message("null")
end
