-- Keeps whose clock the user goes by.
local user = require "lib.user"

return function(dispatcher, tracker, domain)
  local city = tracker:get_latest_entity_values("city")[1]
  local zone = city and user.zone_of(city)
  if zone == nil then
    dispatcher:utter_message { response = "utter_ask_city" }
    return {}
  end
  local now = time.to(user.now(tracker), zone)
  dispatcher:utter_message("So it is " .. time.format(now, "%H:%M on %A") .. " where you are. I'll use your clock.")
  return { SlotSet("zone", zone) }
end
