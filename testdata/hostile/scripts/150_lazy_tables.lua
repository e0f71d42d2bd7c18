-- tries: Marks, walks, changes and mixes the tables that come from the request before anyone read them.
-- expect: ok script_error
return function(dispatcher, tracker, domain)
  local s, m, e, d = tracker.slots, tracker.latest_message, tracker.events, domain
  for _, f in ipairs { json.array, json.object, setmetatable, rawset, rawget, next, pairs, ipairs, unpack, table.insert, table.remove, table.sort, table.concat, json.encode, tostring, rawequal } do
    for _, t in ipairs { s, m, e, d, tracker.stack, tracker.active_loop } do pcall(f, t, {}) pcall(f, t, "x", t) end
  end
  for i = 1, 100 do setmetatable(s, { __index = e }) setmetatable(e, { __index = s }) pcall(function() return s.nope end) setmetatable(s, nil) setmetatable(e, nil) end
  e[1] = s s.events = e
  pcall(json.encode, s)
  dispatcher:utter_message("mixed")
end
