-- tries: Returns a list whose items come from functions.
-- expect: ok script_error
return function(dispatcher, tracker)
  return setmetatable({}, { __index = function(_, i) return SlotSet("s" .. i, i) end, __len = function() return 1e9 end })
end
