describe("action_remind", function()
  before_each(function()
    time.freeze("2026-11-22T10:00:00Z")
  end)

  local function remind(at, slots)
    local entities = { { entity = "task", value = "call Ann" } }
    if at then
      table.insert(entities, { entity = "time", value = at })
    end
    return run_action("action_remind", { entities = entities, slots = slots })
  end

  it("plans, and keeps the plan", function()
    local result = remind("2026-11-23T09:30:00+01:00")
    assert.equal("I'll remind you on Monday, 23 November, at 09:30: call Ann.", result.responses[1].text)
    assert.equal("reminder", result.events[1].event)
    assert.same({ { task = "call Ann", at = "2026-11-23T09:30:00+01:00" } }, result.slots.plans)
  end)

  it("replaces the plan for the same task", function()
    local result = remind("2026-11-24T09:30:00+01:00", { plans = { { task = "Call Ann", at = "2026-11-23T09:30:00+01:00" } } })
    assert.equal(1, #result.slots.plans)
  end)

  it("asks when, and refuses what is over", function()
    assert.equal("utter_ask_when", remind(nil).responses[1].response)
    assert.equal("utter_too_late", remind("2026-11-22T09:59:00Z").responses[1].response)
    assert.equal("utter_too_late", remind({ from = "2026-11-22T09:00:00Z", to = "2026-11-22T11:00:00Z" }).responses[1].response)
  end)
end)
