-- tries: Rejects inside pcall, coroutines, comparisons and handlers.
-- expect: rejected
return function(dispatcher, tracker)
  pcall(function() coroutine.wrap(function() table.sort({ 2, 1 }, function() xpcall(function() reject("no") end, function() while true do end end) end) end)() end)
  while true do end
end
