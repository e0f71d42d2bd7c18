-- Says when the appointment is, and how long that is from now. Also what the reminder of the day before runs.
local user = require "lib.user"

local function ahead(seconds)
  if seconds < 2 * 3600 then
    return math.floor(seconds / 60) .. " minutes"
  elseif seconds < 48 * 3600 then
    return math.floor(seconds / 3600) .. " hours"
  end
  return math.floor(seconds / 86400) .. " days"
end

return function(dispatcher, tracker, domain)
  local at = time.parse(tracker:get_slot("appointment"))
  if at == nil then
    dispatcher:utter_message("You have no appointment.")
    return {}
  end
  local now = user.now(tracker)
  if at < now then
    dispatcher:utter_message("Your last appointment was on " .. user.say(tracker, at) .. ".")
    return { SlotSet("appointment", nil) }
  end
  dispatcher:utter_message("Your appointment: " .. user.say(tracker, at) .. ", in " .. ahead(at - now) .. ".")
end
