-- tries: A table that is its own metatable in every way.
-- expect: script_error
return function(dispatcher, tracker)
  local t = {}
  t.__index, t.__newindex, t.__call, t.__concat, t.__eq, t.__lt, t.__le, t.__len, t.__unm, t.__tostring = t, t, t, t, t, t, t, t, t, t
  setmetatable(t, t)
  for _, f in ipairs {
    function() return t.x end, function() t.x = 1 end, function() return t() end, function() return t .. t end,
    function() return t < t end, function() return #t end, function() return -t end, function() return tostring(t) end, function() return t == {} end,
  } do pcall(f) end
  return t()
end
