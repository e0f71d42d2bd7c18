-- tries: Logs what no log expects.
-- expect: ok
return function(dispatcher, tracker)
  for _, v in ipairs { "\27[31m\n\r\0", { 1, { 2 } }, print, json.null, 0/0, coroutine.create(function() end), tracker, dispatcher, json, setmetatable({}, { __tostring = error }), setmetatable({}, { __tostring = function() return {} end }) } do
    pcall(log.info, v) pcall(function() log.info("x", { [v] = v }) end) pcall(print, v, v) pcall(log.info, "x", v)
  end
  local round = {}
  round.round = round
  pcall(log.info, round, round)
  dispatcher:utter_message("logged")
end
