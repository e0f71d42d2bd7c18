-- tries: Many tables with one far item each.
-- expect: timeout memory
-- item: 23
return function(dispatcher, tracker)
  local all = {}
  while true do local t = {} t[262143] = 1 all[#all + 1] = t end
end
