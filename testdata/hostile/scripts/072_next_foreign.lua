-- tries: Asks for what follows a key that never was there.
-- expect: ok
return function(dispatcher, tracker)
  local t = { a = 1, b = 2 }
  for _, k in ipairs { "zz", 1, 99, 1.5, true, {}, print, -1, 2^53 } do assert(not pcall(next, t, k)) end
  pcall(next, t, 0/0)
  assert(next({}) == nil)
  dispatcher:utter_message("refused")
end
