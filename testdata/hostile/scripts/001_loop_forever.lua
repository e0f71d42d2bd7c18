-- tries: An endless loop.
-- expect: timeout
-- item: 1
return function(dispatcher, tracker)
  while true do end
end
