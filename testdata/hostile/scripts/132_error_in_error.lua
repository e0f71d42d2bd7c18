-- tries: Handlers that fail with objects that fail.
-- expect: script_error timeout
return function(dispatcher, tracker)
  local bad = setmetatable({}, { __tostring = function() error("again") end, __concat = error, __index = error, __eq = error })
  for i = 1, 100 do xpcall(function() error(bad) end, function(e) error(e) end) end
  error(bad)
end
