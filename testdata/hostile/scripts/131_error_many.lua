-- tries: Nothing but errors, caught.
-- expect: timeout
return function(dispatcher, tracker)
  local t = {}
  while true do pcall(function() return t.a.b end) pcall(function() return nil + 1 end) pcall(function() return missing_name end) pcall(error) pcall(error, nil) pcall(error, {}) end
end
