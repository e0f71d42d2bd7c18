describe("action_reminder_due", function()
  it("reminds, and strikes the plan off", function()
    local result = run_action("action_reminder_due", {
      intent = "EXTERNAL_reminder", entities = { { entity = "task", value = "call Ann" } },
      slots = { plans = { { task = "call Ann", at = "2026-11-22T10:00:00+00:00" } } },
    })
    assert.equal("You wanted me to remind you: call Ann.", result.responses[1].text)
    assert.same({}, result.slots.plans)
  end)

  it("reminds of something when it doesn't know what", function()
    assert.equal("You wanted me to remind you: something.", run_action("action_reminder_due").responses[1].text)
  end)
end)
