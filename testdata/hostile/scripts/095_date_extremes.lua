-- tries: Moments and dates at the end of all numbers.
-- expect: ok script_error
return function(dispatcher, tracker)
  for _, n in ipairs { 0, -1, 1e9, 1e11, 1e15, 1e18, -1e18, math.huge, -math.huge, 0/0, 2^63, 253402300800 } do
    for _, f in ipairs { "*t", "!*t", "%c", "%Y-%m-%d", "%", "%E", "%Q", "%%", "" } do pcall(os.date, f, n) end
  end
  for _, field in ipairs { 1e9, -1e9, 1e18, math.huge, -math.huge, 0/0, 1.5, "12", "x", {} } do
    pcall(os.time, { year = field, month = 1, day = 1 }) pcall(os.time, { year = 2026, month = field, day = 1 }) pcall(os.time, { year = 2026, month = 1, day = field, hour = field, sec = field })
  end
  dispatcher:utter_message("told")
end
