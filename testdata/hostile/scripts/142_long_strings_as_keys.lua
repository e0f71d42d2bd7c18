-- tries: Uses long texts as keys.
-- expect: timeout memory
return function(dispatcher, tracker)
  local t, a = {}, ("x"):rep(10000000)
  while true do t[a] = 1 t[a] = nil local x = t[a .. "y"] end
end
