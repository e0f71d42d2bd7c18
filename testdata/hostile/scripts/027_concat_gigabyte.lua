-- tries: A thousand texts of one megabyte joined.
-- expect: script_error memory
-- item: 24
return function(dispatcher, tracker)
  local t, s = {}, ("x"):rep(1000000)
  for i = 1, 1000 do t[i] = s end
  return table.concat(t)
end
