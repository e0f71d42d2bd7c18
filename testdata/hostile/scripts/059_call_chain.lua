-- tries: Tables that call one another.
-- expect: script_error
return function(dispatcher, tracker)
  local t = {}
  for i = 1, 1000 do t = setmetatable({}, { __call = t }) end
  return t()
end
