-- tries: Does a little of everything bad at once.
-- expect: timeout memory
return function(dispatcher, tracker)
  local all = {}
  while true do
    all[#all + 1] = ("x"):rep(1000):gsub("x", "yy")
    pcall(function() error(all) end)
    local co = coroutine.wrap(function() coroutine.yield(all) end)
    co()
    all[#all + 1] = json.decode(json.encode({ a = { 1, 2, 3 }, b = tracker.slots }))
    table.sort(all, function(a, b) return tostring(a) < tostring(b) end)
  end
end
