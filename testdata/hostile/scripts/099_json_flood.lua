-- tries: JSON lists of millions of items, read for ever.
-- expect: memory timeout script_error
return function(dispatcher, tracker)
  local s = "[" .. ("0,"):rep(5000000) .. "0]"
  local all = {}
  while true do all[#all + 1] = json.decode(s) end
end
