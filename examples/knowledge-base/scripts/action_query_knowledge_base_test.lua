describe("action_query_knowledge_base", function()
  local function ask(slots, entities)
    return run_action("action_query_knowledge_base", { slots = slots, entities = entities })
  end

  -- The user asked for an attribute: it is an entity of the message, and what is meant is in slots.
  local function attribute(name, object_type, meant)
    local slots = table.merge({ object_type = object_type, attribute = name }, meant)
    return ask(slots, { { entity = "attribute", value = name } }).responses[1].text
  end

  it("lists the places of a type", function()
    local result = ask { object_type = "museum" }
    assert.equal(3, #result.responses)
    assert.matches("Art House in Ulm", result.responses[2].text)
    assert.same({ "M-ART", "M-TOY" }, result.slots.knowledge_base_listed_objects)
  end)

  it("says each attribute in a sentence of its own", function()
    assert.equal("Da Marco is closed on Sundays.", attribute("closed_on", "restaurant", { restaurant = "Da Marco" }))
    assert.equal("Trattoria Sole is open every day.", attribute("closed_on", "restaurant", { restaurant = "Trattoria Sole" }))
    assert.equal("Da Marco has no terrace.", attribute("terrace", "restaurant", { restaurant = "Da Marco" }))
    assert.equal("The cuisine of Noodle Bar: japanese.", attribute("cuisine", "restaurant", { restaurant = "Noodle Bar" }))
  end)

  it("knows which one is meant by its number in the list", function()
    local text = attribute("entrance", "museum", { mention = "2", knowledge_base_listed_objects = { "M-ART", "M-TOY" } })
    assert.equal("Toy Museum in Linz costs 4.00 euros.", text)
  end)
end)
