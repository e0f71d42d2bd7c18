-- tries: A JSON document of very many small objects, kept.
-- expect: memory timeout script_error
return function(dispatcher, tracker)
  local s = "[" .. ('{"a":{}},'):rep(500000) .. "0]"
  local all = {}
  while true do
    local v = json.decode(s)
    for _, o in ipairs(v) do all[#all + 1] = o end
  end
end
