describe("action_book_table", function()
  local function book(people, outdoor)
    return run_action("action_book_table", { slots = { people = people, outdoor = outdoor, cuisine = "thai", phone = "123456" } })
  end

  it("takes the smallest table that is big enough", function()
    local result = book(5, false)
    assert.equal("the round table", result.slots.table_name)
    assert.equal("utter_booked", result.responses[1].response)
    assert.equal("a table by the wall", book(5, true).slots.table_name)
  end)

  it("forgets the answers", function()
    local slots = book(2, false).slots
    assert.is_nil(slots.people)
    assert.is_nil(slots.phone)
  end)

  it("says when there is none", function()
    assert.equal("utter_full", book(13, false).responses[1].response)
  end)
end)
