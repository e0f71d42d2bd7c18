-- tries: Looks whether chance repeats from call to call.
-- expect: ok
return function(dispatcher, tracker)
  math.randomseed(42)
  local a = math.random(1e9)
  math.randomseed(42)
  assert(math.random(1e9) == a)
  dispatcher:utter_message("seeded")
end
