describe("validate_people", function()
  local function people(said)
    return run_action("validate_people", { slots = { people = said } })
  end

  it("takes numbers, digits and words", function()
    assert.equal(4, people(4).slots.people)
    assert.equal(4, people("4").slots.people)
    assert.equal(6, people("Six").slots.people)
  end)

  it("asks again for what is no number of people", function()
    for _, said in ipairs { "many", 0, -1, 2.5 } do
      local result = people(said)
      assert.equal("For how many people? A number will do.", result.responses[1].text)
      assert.is_nil(result.slots.people)
    end
    assert.is_nil(people(nil).slots.people)
  end)

  it("says how many fit at most", function()
    local result = people(40)
    assert.matches("12 at most", result.responses[1].text)
    assert.is_nil(result.slots.people)
    assert.equal(12, people(12).slots.people)
  end)
end)
