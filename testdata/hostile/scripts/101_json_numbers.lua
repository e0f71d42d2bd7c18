-- tries: Numbers that are none, too long or too large.
-- expect: ok script_error
return function(dispatcher, tracker)
  for _, s in ipairs { "1e999", "-1e999", ("9"):rep(100000), "0." .. ("0"):rep(100000) .. "1", "1e" .. ("9"):rep(1000), "NaN", "Infinity", "01", "+1", "1.", ".5", "-", "--1", "0x10" } do
    local ok, v = pcall(json.decode, s)
    if ok then pcall(json.encode, v) pcall(function() return v + 1, -v, v < v, v .. "" end) end
  end
  dispatcher:utter_message("read")
end
