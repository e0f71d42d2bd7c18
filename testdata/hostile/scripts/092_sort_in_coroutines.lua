-- tries: Errors out of comparisons in coroutines, again and again.
-- expect: ok
return function(dispatcher, tracker)
  for i = 1, 500 do
    local co = coroutine.create(function() table.sort({ 3, 2, 1 }, function() error("no") end) end)
    local ok, e = coroutine.resume(co)
    assert(not ok and e:find("no"))
  end
  dispatcher:utter_message("failed")
end
