-- Tests of NAME. `luaction test` runs them, without Rasa and without a server.

describe("NAME", function()
  -- `extracted` is what Rasa has found in the user's words, and wants checked.
  it("keeps an address in small letters", function()
    local result = run_action("NAME", { extracted = { email = "Ann@Example.org" } })

    assert.equal("ann@example.org", result.slots.email)
  end)

  it("clears what is no address", function()
    local result = run_action("NAME", { extracted = { email = "none" } })

    assert.is_nil(result.slots.email)
    assert.matches("doesn't look like", result.responses[1].text)
  end)
end)
