-- tries: Recursion by the callback of gsub.
-- expect: script_error
return function(dispatcher, tracker)
  local function f(s) return (s:gsub(".", f)) end
  return f("x")
end
