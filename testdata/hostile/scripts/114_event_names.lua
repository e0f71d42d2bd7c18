-- tries: Events of every wrong shape.
-- expect: script_error
return function(dispatcher, tracker)
  for _, v in ipairs { 1, "x", {}, { event = 1 }, { event = {} }, { event = "slot" }, { event = "nonsense" }, { event = ("x"):rep(1000000) }, { event = "slot", name = {} } } do
    local ok = pcall(function() tracker:add_slots { v } end)
  end
  return { { event = "slot", name = 5 }, { event = "nonsense" } }
end
