-- tries: Counts its calls in a global.
-- expect: script_error
-- item: 44
-- calls: 50
return function(dispatcher, tracker)
  local ok, n = pcall(function() return counter end)
  if ok then dispatcher:utter_message("LEAKED " .. tostring(n)) end
  counter = 1
end
