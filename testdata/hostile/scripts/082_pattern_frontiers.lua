-- tries: Frontiers and sets over a long text.
-- expect: timeout script_error
return function(dispatcher, tracker)
  local s = ("ab "):rep(300000)
  while true do s:find("%f[%w]%w*%f[%W].-%f[%w]z") end
end
