-- tries: Leaves coroutines parked, in every variable at hand.
-- expect: ok
-- item: 46
-- calls: 20
return function(dispatcher, tracker)
  local parked = {}
  for i = 1, 50 do
    local co = coroutine.wrap(function() local s = ("x"):rep(10000) coroutine.yield(s) dispatcher:utter_message("LEAKED") end)
    co()
    parked[i] = co
    tracker.slots["co" .. i] = co
  end
  dispatcher:utter_message("parked")
end
