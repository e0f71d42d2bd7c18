-- tries: Patterns of every kind, good and broken, on awkward texts.
-- expect: ok script_error
return function(dispatcher, tracker)
  local subjects = { "", "a", ("a"):rep(300), "((()))", "\0\0a\0", "%", "äöü", ("(("):rep(200), " x  y " }
  local patterns = { "", "^", "$", "^$", ".*", ".-", ".+", "a*a*a*", "%b()", "%bxx", "%f[a]", "%f[^%z]", "(a)%1", "()a()", "%", "[", "[a", "[]", "[^", "[]]", "[%", "[a-", "[a-]", "[%a-z]", "(", ")", "(()", "%b", "%bx", "%f", "%fa", "%1", "%9", "%0", ("()"):rep(33), ("(a"):rep(40), "^^", "a$b", "%z", "\0", "-", "*", "+a", "(a*)*", "[%z]", "[\255-\0]", "%g", "%-+", "a-$" }
  for _, s in ipairs(subjects) do for _, p in ipairs(patterns) do
    pcall(string.find, s, p) pcall(string.match, s, p, -3) pcall(string.gsub, s, p, "%0%1%%") pcall(string.gsub, s, p, "%")
    pcall(function() local n = 0 for a in s:gmatch(p) do n = n + 1 if n > 1000 then error("endless") end end end)
  end end
  dispatcher:utter_message("matched")
end
