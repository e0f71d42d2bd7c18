-- tries: Recursion by the comparison of a sort.
-- expect: script_error
return function(dispatcher, tracker)
  local function f() table.sort({ 1, 2, 3 }, f) return true end
  f()
end
