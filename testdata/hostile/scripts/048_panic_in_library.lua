-- tries: Calls every function that can be reached with arguments that it doesn't expect.
-- expect: script_error ok timeout
-- item: 70
return function(dispatcher, tracker)
  local strange = { nil, true, 0/0, math.huge, -1, 2^53, "", ("x"):rep(100), {}, function() end, coroutine.create(function() end), json.null, setmetatable({}, { __index = error }) }
  local n = 0
  for _, module in ipairs { string, table, math, os, coroutine, json, time, log, events } do
    for name, f in pairs(module) do
      if type(f) == "function" and name ~= "yield" and name ~= "sleep" then
        for i = 1, 13 do for j = 1, 13 do pcall(f, strange[i], strange[j], strange[(i + j) % 13 + 1]) n = n + 1 end end
      end
    end
  end
  dispatcher:utter_message("called")
end
