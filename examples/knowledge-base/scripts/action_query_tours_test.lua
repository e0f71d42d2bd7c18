local tours = require "lib.tours"

describe("action_query_tours", function()
  it("lists the tours", function()
    local result = run_action("action_query_tours", { slots = { object_type = "tour" } })
    assert.equal(4, #result.responses)
    assert.matches("Harbour", result.responses[3].text)
  end)

  it("lists those that have an attribute", function()
    local result = run_action("action_query_tours", { slots = { object_type = "tour", guide = "Mia" } })
    assert.same({ 10, 12 }, result.slots.knowledge_base_listed_objects)
  end)

  it("says an attribute of one", function()
    local result = run_action("action_query_tours", {
      slots = { object_type = "tour", attribute = "guide", tour = "Harbour" },
      entities = { { entity = "attribute", value = "guide" } },
    })
    assert.equal("'Harbour' has the value 'Jan' for attribute 'guide'.", result.responses[1].text)
  end)
end)

describe("lib.tours", function()
  it("finds a tour by its id and by its name", function()
    assert.equal("Jan", tours.find(11).guide)
    assert.equal(12, tours.find("by night").id)
    assert.is_nil(tours.find("Moon"))
  end)
end)
