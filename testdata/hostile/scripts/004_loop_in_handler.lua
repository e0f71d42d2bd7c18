-- tries: An endless loop inside the handler of an xpcall.
-- expect: timeout
-- item: 4
return function(dispatcher, tracker)
  xpcall(function() error("x") end, function() while true do end end)
end
