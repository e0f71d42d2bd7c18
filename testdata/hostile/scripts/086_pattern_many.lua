-- tries: Ever new patterns and formats: what is remembered of them must not grow.
-- expect: timeout memory
return function(dispatcher, tracker)
  local n = 0
  while true do n = n + 1 ; ("x"):find("a" .. n .. "[a-z]") ; pcall(string.format, "%d" .. n, n) end
end
