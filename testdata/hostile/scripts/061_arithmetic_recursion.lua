-- tries: Arithmetic that reckons with itself.
-- expect: script_error
return function(dispatcher, tracker)
  local mt = {}
  for _, op in ipairs { "__add", "__sub", "__mul", "__div", "__mod", "__pow" } do mt[op] = function(a, b) return a + b end end
  mt.__unm = function(a) return -a end
  mt.__len = function(a) return #a end
  local t = setmetatable({}, mt)
  pcall(function() return -t end)
  pcall(function() return #t end)
  return t * t
end
