-- tries: A substitution of 100,000 letters by 100,000 letters each.
-- expect: script_error
-- item: 22
return function(dispatcher, tracker)
  local long = ("x"):rep(100000)
  return (long:gsub("x", long))
end
