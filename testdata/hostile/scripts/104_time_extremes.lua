-- tries: Moments beyond all calendars, zones that are none, layouts of megabytes.
-- expect: ok script_error
return function(dispatcher, tracker)
  local big = { 1e300, -1e300, math.huge, -math.huge, 0/0, 2^63, 4e11, -4e11 }
  for _, n in ipairs(big) do
    local ok, t = pcall(time.unix, n)
    if ok then pcall(time.format, t) pcall(function() return t + n, t - n, t - t, tostring(t), t < t end) pcall(time.to, t, "Asia/Tokyo") end
    pcall(time.add, time.unix(0), { years = n, months = n, days = n, seconds = n })
    pcall(time.date, { year = n, month = 1, day = 1 })
  end
  for _, z in ipairs { "", "../../etc/passwd", "/etc/passwd", "Europe/Nowhere", "+99:99", "UTC\0x", ("x"):rep(100000), "Local", "posixrules" } do pcall(time.now, z) pcall(time.to, time.now(), z) end
  pcall(time.format, time.now(), ("%A"):rep(1000000))
  pcall(time.parse, ("2"):rep(1000000)) pcall(time.parse, "2026-01-01", ("%Y"):rep(100000))
  dispatcher:utter_message("told")
end
