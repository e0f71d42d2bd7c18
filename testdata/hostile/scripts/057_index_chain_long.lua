-- tries: A chain of a hundred thousand tables behind one another.
-- expect: ok script_error timeout
return function(dispatcher, tracker)
  local t = { deep = 1 }
  for i = 1, 100000 do t = setmetatable({}, { __index = t }) end
  return { SlotSet("x", t.deep) }
end
