describe("action_forget_reminders", function()
  local plans = { { task = "Call Ann", at = "2026-11-22T10:00:00+00:00" }, { task = "buy milk", at = "2026-11-23T10:00:00+00:00" } }

  it("takes back the one that is named", function()
    local result = run_action("action_forget_reminders", { slots = { plans = plans }, entities = { { entity = "task", value = "call ann" } } })
    assert.equal("This reminder is gone: call ann.", result.responses[1].text)
    assert.equal("reminder: call ann", result.events[1].name)
    assert.same({ plans[2] }, result.slots.plans)
  end)

  it("takes back all when none is named", function()
    local result = run_action("action_forget_reminders", { slots = { plans = plans } })
    assert.equal("EXTERNAL_reminder", result.events[1].intent)
    assert.same({}, result.slots.plans)
  end)
end)
