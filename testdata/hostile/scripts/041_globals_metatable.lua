-- tries: Gives the globals a metatable.
-- expect: script_error
-- item: 41
return function(dispatcher, tracker)
  return setmetatable(_G, { __index = function() return "LEAKED" end })
end
