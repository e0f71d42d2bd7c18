describe("validate_table_form", function()
  -- The form's slots as its domain lists them; what the form asks for next is the slot requested_slot.
  local domain = { forms = { table_form = { required_slots = { "cuisine", "people", "outdoor" } } } }

  local function said(extracted, more)
    return run_action("validate_table_form", table.merge({ extracted = extracted, domain = domain }, more or {}))
  end

  it("knows the kitchen", function()
    assert.equal("thai", said({ cuisine = "Thai" }).slots.cuisine)
    local result = said({ cuisine = "Klingon" })
    assert.equal("We have no klingon kitchen, sorry.", result.responses[1].text)
    assert.is_nil(result.slots.cuisine)
  end)

  it("reads numbers and words", function()
    assert.equal(4, said({ people = "4" }).slots.people)
    assert.equal(7, said({ people = "Seven" }).slots.people)
    for _, people in ipairs { "many", 0, 2.5 } do
      assert.is_nil(said({ people = people }).slots.people)
    end
    assert.matches("12 seats", said({ people = 40 }).responses[1].text)
  end)

  it("hears outside and inside before it is asked", function()
    assert.is_true(said({ people = 2 }, { text = "two of us, on the terrace" }).slots.outdoor)
    assert.is_false(said({ people = 2 }, { text = "two of us, inside" }).slots.outdoor)
  end)

  it("looks inside for many", function()
    local result = said({ people = 10, outdoor = true })
    assert.is_false(result.slots.outdoor)
    assert.matches("no table for more than 8", result.responses[1].text)
  end)

  it("asks for a phone number when many come", function()
    assert.equal("phone", said({ people = 8 }, { slots = { cuisine = "thai", outdoor = false } }).slots.requested_slot)
    assert.is_nil(said({ people = 7 }, { slots = { cuisine = "thai", outdoor = false } }).slots.requested_slot)
  end)

  it("takes what is said then for the number", function()
    local slots = { cuisine = "thai", outdoor = false, people = 9 }
    local function phone(text)
      return run_action("validate_table_form", {
        slots = slots, text = text, active_loop = "table_form", requested_slot = "phone", domain = domain,
      })
    end
    assert.equal("0731123456", phone("it's 0731 / 123 456").slots.phone)
    assert.equal("That looks too short for a phone number.", phone("110").responses[1].text)
  end)
end)
