-- tries: Coroutines without end, all kept.
-- expect: memory timeout
return function(dispatcher, tracker)
  local all = {}
  while true do local co = coroutine.wrap(function() coroutine.yield() end) co() all[#all + 1] = co end
end
