-- Tests of NAME. `luaction test` runs them, without Rasa and without a server.

describe("NAME", function()
  -- `extracted` is what Rasa has found in the user's words, and wants checked.
  it("takes a number of people", function()
    local result = run_action("NAME", { extracted = { people = "4" } })

    assert.equal(4, result.slots.people)
    assert.equal(0, #result.responses)
  end)

  it("asks again when it is no number", function()
    local result = run_action("NAME", { extracted = { people = "many" } })

    assert.is_nil(result.slots.people)
    assert.matches("A number will do", result.responses[1].text)
  end)
end)
