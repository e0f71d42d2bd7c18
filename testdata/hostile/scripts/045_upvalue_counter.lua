-- tries: Counts its calls in a local of the file and in one of a required module.
-- expect: ok
-- item: 45
-- calls: 50
local n = 0
local shared = require "lib.shared"
return function(dispatcher)
  n = n + 1
  shared.n = (shared.n or 0) + 1
  dispatcher:utter_message(n == 1 and shared.n == 1 and "first" or "LEAKED")
end
