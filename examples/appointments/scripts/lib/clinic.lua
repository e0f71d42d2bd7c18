-- The clinic's hours and calendar, all on the clock in Berlin.
local M = { zone = "Europe/Berlin" }

local HALF_HOUR = 30 * 60

-- From and until by the day of the week; 1 is Sunday. The last appointment begins half an hour before the end.
local hours = {
  [2] = { 9, 17 },
  [3] = { 9, 17 },
  [4] = { 9, 12 },
  [5] = { 9, 19 },
  [6] = { 9, 14 },
}

local holidays = {
  ["2026-12-24"] = true,
  ["2026-12-25"] = true,
  ["2026-12-31"] = true,
  ["2027-01-01"] = true,
}

-- What others have booked, by the clinic's clock.
local taken = {
  ["2026-10-22 16:00"] = true,
  ["2026-10-22 16:30"] = true,
  ["2026-10-23 09:00"] = true,
}

-- Whether the clinic sees patients at that moment.
function M.open(t)
  local here = time.to(t, M.zone)
  local today = hours[here.wday]
  return today ~= nil
    and not holidays[time.format(here, "%F")]
    and here.hour >= today[1]
    and here.hour < today[2]
end

-- Whether an appointment can begin at that moment.
function M.free(t)
  local here = time.to(t, M.zone)
  return here.unix % HALF_HOUR == 0 and M.open(here) and not taken[time.format(here, "%F %H:%M")]
end

-- The next free times after a moment, at most this many, within four weeks.
function M.next_free(after, count)
  local found = {}
  local t = time.to(time.unix((math.floor(after.unix / HALF_HOUR) + 1) * HALF_HOUR), M.zone)
  local last = time.add(t, { weeks = 4 })
  while #found < count and t < last do
    if M.free(t) then
      table.insert(found, t)
    end
    t = t + HALF_HOUR
  end
  return found
end

return M
