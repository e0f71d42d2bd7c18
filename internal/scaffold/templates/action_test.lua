-- Tests of NAME. `luaction test` runs them, without Rasa and without a server.

describe("NAME", function()
  it("greets by name", function()
    local result = run_action("NAME", { slots = { name = "Ann" } })

    assert.equal("Hello Ann!", result.responses[1].text)
    assert.is_true(result.slots.greeted)
  end)

  it("greets who hasn't told a name", function()
    local result = run_action("NAME")

    assert.equal("Hello you!", result.responses[1].text)
  end)
end)
