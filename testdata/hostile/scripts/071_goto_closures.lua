-- tries: A jump back over a local that a closure keeps, with each turn.
-- expect: timeout memory
return function(dispatcher, tracker)
  local keep = {}
  ::top::
  local x = {}
  keep[#keep + 1] = function() return x end
  goto top
end
