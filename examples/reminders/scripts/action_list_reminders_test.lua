describe("action_list_reminders", function()
  it("lists the next one first", function()
    local result = run_action("action_list_reminders", { slots = { plans = {
      { task = "buy milk", at = "2026-11-23T10:00:00+00:00" },
      { task = "call Ann", at = "2026-11-22T09:30:00+00:00" },
    } } })
    assert.equal("22 Nov, 09:30: call Ann\n23 Nov, 10:00: buy milk", result.responses[1].text)
  end)

  it("says when nothing is planned", function()
    assert.equal("Nothing is planned.", run_action("action_list_reminders").responses[1].text)
  end)
end)
