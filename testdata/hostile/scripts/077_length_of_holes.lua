-- tries: Asks for the length of a list that is nothing but a hole.
-- expect: timeout memory
return function(dispatcher, tracker)
  local t = {}
  t[262143] = 1
  t[262143] = nil
  while true do local n = #t + #t + #t + #t + #t + #t + #t + #t end
end
