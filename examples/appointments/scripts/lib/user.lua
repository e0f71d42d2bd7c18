-- The user's clock, and the moment when the user wrote.
local clinic = require "lib.clinic"

local M = {}

local zones = {
  ["berlin"] = "Europe/Berlin",
  ["london"] = "Europe/London",
  ["new york"] = "America/New_York",
  ["san francisco"] = "America/Los_Angeles",
  ["mumbai"] = "Asia/Kolkata",
  ["tokyo"] = "Asia/Tokyo",
  ["sydney"] = "Australia/Sydney",
}

-- The zone of a city, also of one that is spelled almost right, or of a zone's own name; nil for others.
function M.zone_of(said)
  local best, score = nil, 0.7
  for city, zone in pairs(zones) do
    local alike = text.similarity(city, text.lower(text.trim(said)))
    if alike > score then
      best, score = zone, alike
    end
  end
  if best == nil and pcall(time.to, 0, said) then
    best = said
  end
  return best
end

function M.zone(tracker)
  return tracker:get_slot("zone") or clinic.zone
end

-- When the user wrote, on the user's clock. "Tomorrow" counts from there, and not from when this script runs: the message
-- may have waited, and a recorded conversation has the same answers next year.
function M.now(tracker)
  local message = tracker:get_last_event_for("user")
  local now = message and time.unix(message.timestamp) or time.now()
  return time.to(now, M.zone(tracker))
end

-- A time as the user reads it, with the clinic's clock beside it where that shows something else.
function M.say(tracker, t)
  local here, there = time.to(t, clinic.zone), time.to(t, M.zone(tracker))
  local said = time.format(there, "%A, %-d %B, %H:%M")
  if here.offset == there.offset then
    return said
  end
  local clock = here.day == there.day and "%H:%M" or "%A, %H:%M"
  return said .. " your time (" .. time.format(here, clock) .. " at the clinic)"
end

-- The moment that the user named; nil if there is none. Duckling's has an offset: it reads "at ten" on the
-- clinic's clock. What has none is meant on the user's.
function M.moment(tracker)
  local said = tracker:get_latest_entity_values("time")[1]
  if type(said) == "table" then -- "between nine and ten" is a table from Duckling
    said = said.from
  end
  return (time.parse(said, nil, M.zone(tracker)))
end

return M
