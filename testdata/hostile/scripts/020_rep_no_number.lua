-- tries: Counts for rep that are no counts.
-- expect: script_error ok
-- item: 19
return function(dispatcher, tracker)
  for _, n in ipairs { 1e18, -1e18, math.huge, -math.huge, 0/0, 2^53, 2^63, 2^64, -1 } do pcall(string.rep, "x", n) pcall(string.rep, "", n) end
  return ("x"):rep(2^62)
end
