-- Offers the next free times, as buttons that carry the moment with its offset.
local clinic = require "lib.clinic"
local user = require "lib.user"

return function(dispatcher, tracker, domain)
  local now = user.now(tracker)
  local from = user.moment(tracker) or now
  if from < now then
    from = now
  end
  local buttons = table.map(clinic.next_free(from, 3), function(t)
    return { title = user.say(tracker, t), payload = { intent = "book", entities = { time = t } } }
  end)
  if #buttons == 0 then
    dispatcher:utter_message("Nothing is free in the four weeks after that, sorry.")
    return {}
  end
  dispatcher:utter_message { text = "These are the next free times:", buttons = buttons }
end
