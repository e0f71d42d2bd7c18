-- tries: Asks for and sets environments.
-- expect: script_error
-- item: 42
return function(dispatcher, tracker)
  pcall(function() return getfenv(0) end)
  pcall(function() setfenv(0, {}) end)
  return getfenv(1)
end
