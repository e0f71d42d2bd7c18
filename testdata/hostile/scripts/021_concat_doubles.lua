-- tries: A text that doubles for ever, also after an error.
-- expect: memory script_error timeout
-- item: 20
return function(dispatcher, tracker)
  local s = "x"
  while true do pcall(function() while true do s = s .. s end end) end
end
