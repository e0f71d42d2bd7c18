-- tries: Joins what can't be joined, from and to where nothing is.
-- expect: ok
return function(dispatcher, tracker)
  local t = { 1, 2, 3 }
  for _, r in ipairs { { 1, 1e9 }, { -1e9, 3 }, { 1, 2^53 }, { math.huge, 1 }, { 0/0, 0/0 }, { 3, 1 } } do pcall(table.concat, t, ",", r[1], r[2]) end
  pcall(table.concat, { {}, 1 }) pcall(table.concat, { 1, nil, 3 }) pcall(table.concat, setmetatable({}, { __index = error, __len = function() return 1e9 end }))
  pcall(table.concat, t, ("x"):rep(60000000)) pcall(table.concat, tracker) pcall(table.concat, json)
  dispatcher:utter_message("joined")
end
