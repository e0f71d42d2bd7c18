-- tries: Closures that each keep a variable of their own.
-- expect: memory timeout
return function(dispatcher, tracker)
  local all = {}
  while true do local x = {} all[#all + 1] = function() return x end if #all > 260000 then all = { all } end end
end
