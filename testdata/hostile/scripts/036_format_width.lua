-- tries: Widths and precisions that nobody needs.
-- expect: script_error ok
-- item: 27
return function(dispatcher, tracker)
  for _, f in ipairs { "%99999999d", "%.99999999f", "%-99d", "%099d", "%99.99f", "%*d", "%", "%1$d", "%5", "%-+ #0d", "%q%q%q", "%100s" } do pcall(string.format, f, 1, 2, 3) end
  return string.format("%99999999d", 1)
end
