-- tries: Calls the table functions with positions that are none.
-- expect: ok timeout
return function(dispatcher, tracker)
  for _, p in ipairs { 0, -1, 5, 1e9, 2^53, -2^53, math.huge, -math.huge, 0/0, 1.5, "1", "x" } do
    local t = { 1, 2, 3 }
    pcall(table.insert, t, p, "x") pcall(table.remove, t, p) pcall(table.insert, t, p) pcall(table.maxn, t) pcall(select, p, 1, 2, 3) pcall(unpack, t, p, p)
  end
  pcall(table.insert, {}) pcall(table.insert, {}, 1, 2, 3) pcall(table.remove, {}) pcall(rawset, {}, nil, 1) pcall(rawset, {}, 0/0, 1)
  pcall(function() local t = {} t[nil] = 1 end) pcall(function() local t = {} t[0/0] = 1 end)
  dispatcher:utter_message("done")
end
