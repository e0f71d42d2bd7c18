-- tries: A stack that is full when its handler runs, which fills it again.
-- expect: script_error timeout
return function(dispatcher, tracker)
  local function f() return 1 + f() end
  for i = 1, 50 do xpcall(f, f) xpcall(f, function() return f() end) end
  return f()
end
