-- tries: Substitutions inside the callbacks of substitutions, with errors and formats between.
-- expect: ok
return function(dispatcher, tracker)
  local function up(s) return (s:gsub("%w", function(c) return string.format("%s", c:upper():gsub(".", { A = "1" })) end)) end
  for i = 1, 200 do
    local r = ("a-b a-b"):gsub("%w", function(c)
      pcall(function() return ("zzz"):gsub("z", function() error("x") end) end)
      return up(c) .. ("q"):rep(3):gsub("q", "p")
    end)
    assert(r == "1ppp-Bppp 1ppp-Bppp", r)
  end
  dispatcher:utter_message("same")
end
