-- tries: Jumps without end through blocks and loops.
-- expect: timeout
return function(dispatcher, tracker)
  local n = 0
  ::top::
  do
    local x = n
    n = n + 1
    if n % 3 == 0 then goto top end
    for i = 1, 10 do
      local f = function() return i + x end
      if i == 5 then goto out end
    end
    ::out::
  end
  goto top
end
