-- The clock stands on Wednesday, 21 October 2026, 10:00 in Berlin.
describe("action_book_appointment", function()
  before_each(function()
    time.freeze("2026-10-21T10:00:00+02:00")
  end)

  local function book(at, slots)
    return run_action("action_book_appointment", { slots = slots, entities = at and { { entity = "time", value = at } } })
  end

  it("books, and reminds the day before", function()
    local result = book("2026-10-23T10:00:00+02:00")
    assert.equal("Booked: Friday, 23 October, 10:00.", result.responses[1].text)
    assert.equal("2026-10-23T10:00:00+02:00", result.slots.appointment)
    assert.equal("2026-10-22T10:00:00+02:00", result.events[2].date_time)
  end)

  it("plans no reminder that would be over", function()
    assert.equal(1, #book("2026-10-21T11:00:00+02:00").events)
  end)

  it("speaks the user's clock", function()
    local result = book("2026-10-23T10:00:00+02:00", { zone = "America/New_York" })
    assert.equal("Booked: Friday, 23 October, 04:00 your time (10:00 at the clinic).", result.responses[1].text)
  end)

  it("asks when no time was named", function()
    assert.equal("utter_ask_time", book(nil).responses[1].response)
  end)

  it("takes the beginning of a span", function()
    assert.equal("2026-10-23T10:00:00+02:00", book({ from = "2026-10-23T10:00:00+02:00" }).slots.appointment)
  end)

  it("offers others when the time is taken, or the clinic closed", function()
    local taken = book("2026-10-22T16:00:00+02:00")
    assert.matches("^That time isn't free", taken.responses[1].text)
    assert.same({ FollowupAction("action_free_times") }, taken.events)
    assert.matches("^The clinic is closed then", book("2026-10-25T10:00:00+01:00").responses[1].text)
  end)

  it("books nothing that is over", function()
    assert.matches("^That is over already: it is 10:00 on Wednesday", book("2026-10-20T10:00:00+02:00").responses[1].text)
  end)
end)
