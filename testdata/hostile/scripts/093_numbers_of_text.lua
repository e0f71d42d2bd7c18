-- tries: Texts of megabytes read as numbers, in arithmetic, too.
-- expect: timeout memory script_error
return function(dispatcher, tracker)
  local s, h = ("1"):rep(8000000), "0x" .. ("f"):rep(8000000)
  while true do
    local a = tonumber(s) local b = tonumber(h) local c = tonumber(s, 36) local d = tonumber("0." .. s)
    pcall(function() return s + h end) pcall(function() for i = s, 1 do end end) pcall(string.rep, "x", s)
  end
end
