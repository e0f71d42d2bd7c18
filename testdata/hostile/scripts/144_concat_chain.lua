-- tries: One expression that joins a long text with itself many times.
-- expect: script_error memory
return function(dispatcher, tracker)
  local s = ("x"):rep(30000000)
  return s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s .. s
end
