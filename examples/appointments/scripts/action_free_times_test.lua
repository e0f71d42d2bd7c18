describe("action_free_times", function()
  it("offers the next three, with what books them", function()
    time.freeze("2026-10-22T15:10:00+02:00")
    local message = run_action("action_free_times").responses[1]
    assert.same({ "Thursday, 22 October, 15:30", "Thursday, 22 October, 17:00", "Thursday, 22 October, 17:30" },
      table.map(message.buttons, function(b) return b.title end))
    assert.equal('/book{"time":"2026-10-22T15:30:00+02:00"}', message.buttons[1].payload)
  end)

  it("looks from the time that was named, but not into the past", function()
    time.freeze("2026-10-22T15:10:00+02:00")
    local function first(at)
      return run_action("action_free_times", { entities = { { entity = "time", value = at } } }).responses[1].buttons[1].title
    end
    assert.equal("Monday, 26 October, 09:00", first("2026-10-24T09:00:00+02:00"))
    assert.equal("Thursday, 22 October, 15:30", first("2020-01-01T09:00:00+02:00"))
  end)
end)
