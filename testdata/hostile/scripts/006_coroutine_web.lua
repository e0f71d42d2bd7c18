-- tries: Coroutines that each wrap the next one.
-- expect: timeout memory script_error
-- item: 6
return function(dispatcher, tracker)
  local function f() coroutine.wrap(f)() end
  while true do pcall(f) end
end
