-- tries: Inserts at the front of a list for ever.
-- expect: timeout ok memory script_error
return function(dispatcher, tracker)
  local t = {}
  while true do table.insert(t, 1, 1) end
end
