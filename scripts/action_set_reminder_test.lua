describe("action_set_reminder", function()
  before_each(function()
    time.freeze("2026-11-22T10:00:00Z")
  end)

  local function asked(minutes)
    return run_action("action_set_reminder", { entities = minutes and { { entity = "minutes", value = minutes } } })
  end

  it("plans a reminder for this conversation", function()
    local result = asked("45")
    assert.equal("I'll remind you at 10:45.", result.responses[1].text)
    local event = result.events[1]
    assert.equal("reminder", event.event)
    assert.equal("EXTERNAL_reminder", event.intent)
    assert.equal("reminder_for_test", event.name)
    assert.is_false(event.kill_on_user_msg)
    assert.is_true(time.parse(event.date_time) == time.parse("2026-11-22T10:45:00Z"))
  end)

  it("takes half an hour unless told otherwise", function()
    assert.equal("I'll remind you at 10:30.", asked(nil).responses[1].text)
    assert.equal("I'll remind you at 10:30.", asked("soon").responses[1].text)
  end)

  it("stays within a day", function()
    for _, minutes in ipairs { "0", "1441" } do
      assert.same({}, asked(minutes).events, minutes)
    end
    assert.equal(1, #asked("1440").events)
  end)
end)
