-- tries: Numbers as keys that all fall outside of a list.
-- expect: memory timeout
return function(dispatcher, tracker)
  local t, i = {}, 0.5
  while true do t[i] = i i = i + 1 end
end
