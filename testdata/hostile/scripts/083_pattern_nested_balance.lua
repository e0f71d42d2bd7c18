-- tries: Balanced pairs of every kind behind stars.
-- expect: timeout script_error
return function(dispatcher, tracker)
  local s = ("([{<"):rep(20000)
  while true do s:find(".*%b().-%b[].-%b{}.-%b<>") end
end
