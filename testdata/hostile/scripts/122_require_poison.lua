-- tries: Changes what a required module returned, and looks whether an earlier call did.
-- expect: ok
return function(dispatcher, tracker)
  local m = require "lib.shared"
  if m.poison then dispatcher:utter_message("LEAKED") end
  m.poison = true
  m.f = nil
  setmetatable(m, { __index = { poison = true } })
  dispatcher:utter_message("clean")
end
