-- tries: Writes past the lock of what belongs to all.
-- expect: script_error
-- item: 43
return function(dispatcher, tracker)
  for _, t in ipairs { string, table, math, json, log, events, time, dispatcher, tracker } do
    if pcall(rawset, t, "leak", "LEAKED") then dispatcher:utter_message("LEAKED") end
    if pcall(setmetatable, t, {}) then dispatcher:utter_message("LEAKED") end
    if pcall(table.insert, t, 1) then dispatcher:utter_message("LEAKED") end
  end
  return rawset(string, "leak", 1)
end
