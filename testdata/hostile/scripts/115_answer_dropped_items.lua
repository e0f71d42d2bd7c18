-- tries: A quarter of a million items that are no events: each would be a line in the log.
-- expect: ok script_error timeout memory
return function(dispatcher, tracker)
  local t = {}
  for i = 1, 262000 do t[i] = i end
  return t
end
