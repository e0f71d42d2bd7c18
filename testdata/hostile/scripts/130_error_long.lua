-- tries: Errors of megabytes, joined to each other on their way.
-- expect: script_error memory
return function(dispatcher, tracker)
  local text = ("x"):rep(5000000)
  local function f(n) if n == 0 then error(text) end local ok, e = pcall(f, n - 1) error(e .. text:sub(1, 10)) end
  f(50)
end
