describe("action_greet", function()
  local function said(at, slots)
    time.freeze(at)
    return run_action("action_greet", { slots = slots }).responses[1].text
  end

  it("greets by the time of day", function()
    assert.equal("Good night! What can I do for you?", said("2026-11-22T04:59:00Z"))
    assert.equal("Good morning! What can I do for you?", said("2026-11-22T05:00:00Z"))
    assert.equal("Good afternoon! What can I do for you?", said("2026-11-22T12:00:00Z"))
    assert.equal("Good evening! What can I do for you?", said("2026-11-22T18:00:00Z"))
  end)

  it("greets by name if there is one", function()
    assert.equal("Good morning, Ann! What can I do for you?", said("2026-11-22T09:00:00Z", { name = "Ann" }))
  end)

  it("remembers that it has greeted", function()
    assert.is_true(run_action("action_greet").slots.greeted)
  end)
end)
