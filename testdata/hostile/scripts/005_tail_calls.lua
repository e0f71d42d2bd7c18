-- tries: An endless tail call.
-- expect: timeout
-- item: 5
return function(dispatcher, tracker)
  local function f(n) return f(n + 1) end
  f(0)
end
