-- tries: Closures whose function died by an error must keep their variable, and no other's.
-- expect: ok
return function(dispatcher, tracker)
  local keep = {}
  for i = 1, 200 do
    pcall(function() local x = "mine" .. i keep[i] = function() return x end error("die") end)
  end
  local function noise(a, b, c, d) local e, f, g = 1, 2, 3 return a, b, c, d, e, f, g end
  noise("bad", "bad", "bad", "bad")
  for i = 1, 200 do assert(keep[i]() == "mine" .. i) end
  dispatcher:utter_message("kept")
end
