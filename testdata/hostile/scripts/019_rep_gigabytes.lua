-- tries: Texts of one and three gigabytes.
-- expect: script_error
-- item: 19
return function(dispatcher, tracker)
  pcall(string.rep, "x", 1e9)
  return ("x"):rep(3e9)
end
