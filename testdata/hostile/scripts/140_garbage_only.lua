-- tries: Makes garbage as fast as it can and keeps nothing.
-- expect: timeout
return function(dispatcher, tracker)
  while true do local t = { {}, {}, {} } local s = ("x"):rep(1000) .. #t end
end
