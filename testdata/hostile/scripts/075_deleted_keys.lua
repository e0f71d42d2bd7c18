-- tries: Sets and clears ever new keys: what was deleted must not fill the memory unseen.
-- expect: timeout memory
return function(dispatcher, tracker)
  local t, n = {}, 0
  while true do n = n + 1 t["key" .. n] = n t["key" .. n] = nil end
end
