describe("action_show_appointment", function()
  local function at(now, slots)
    time.freeze(now)
    return run_action("action_show_appointment", { slots = slots or { appointment = "2026-10-23T10:00:00+02:00" } })
  end

  it("says when, and how long that is from now", function()
    assert.equal("Your appointment: Friday, 23 October, 10:00, in 4 days.", at("2026-10-19T10:00:00+02:00").responses[1].text)
    assert.matches("in 24 hours%.$", at("2026-10-22T10:00:00+02:00").responses[1].text)
    assert.matches("in 30 minutes%.$", at("2026-10-23T09:30:00+02:00").responses[1].text)
  end)

  it("forgets one that is over", function()
    local result = at("2026-10-24T10:00:00+02:00")
    assert.matches("^Your last appointment was on Friday, 23 October", result.responses[1].text)
    assert.is_nil(result.slots.appointment)
  end)

  it("says when there is none", function()
    assert.equal("You have no appointment.", at("2026-10-19T10:00:00+02:00", {}).responses[1].text)
  end)
end)
