-- Tests of NAME. `luaction test` runs them, without Rasa and without a server.

describe("NAME", function()
  it("lists what there is", function()
    local result = run_action("NAME", { slots = { object_type = "hotel" } })

    assert.matches("hotel", result.responses[1].text)
    -- The list is in random order, as Rasa's own is; in a test the order is always this one.
    assert.equal("1: Adler in Ulm", result.responses[2].text)
    assert.equal("2: Bellevue in Linz", result.responses[3].text)
  end)

  it("tells an attribute of the second one", function()
    local result = run_action("NAME", {
      text = "what does the second one cost?",
      entities = { { entity = "attribute", value = "price" }, { entity = "mention", value = "2" } },
      slots = { attribute = "price", mention = "2", knowledge_base_listed_objects = { 1, 2 }, knowledge_base_last_object_type = "hotel" },
    })

    assert.matches("140", result.responses[1].text)
  end)
end)
