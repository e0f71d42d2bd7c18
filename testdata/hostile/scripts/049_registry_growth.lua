-- tries: Tail calls that each pass one value more.
-- expect: timeout script_error
return function(dispatcher, tracker)
  local function f(...) return f(0, ...) end
  while true do pcall(f) end
end
