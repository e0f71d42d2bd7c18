-- tries: An endless loop inside a coroutine, resumed again for ever.
-- expect: timeout
-- item: 3
return function(dispatcher, tracker)
  while true do coroutine.resume(coroutine.create(function() while true do end end)) end
end
