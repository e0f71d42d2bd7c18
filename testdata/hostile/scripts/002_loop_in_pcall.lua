-- tries: An endless loop that catches every error.
-- expect: timeout
-- item: 2
return function(dispatcher, tracker)
  while true do pcall(function() while true do end end) end
end
