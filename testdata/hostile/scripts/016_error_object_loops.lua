-- tries: An error object whose __tostring never returns.
-- expect: script_error timeout
-- item: 16
return function(dispatcher, tracker)
  error(setmetatable({}, { __tostring = function() while true do end end }))
end
