-- The desk's own module makes the tables and fills them, so the stub begins with an empty database.
describe("action_cancel_order", function()
  before_each(function()
    sql.stub("desk", "")
    run_action("action_place_order", { slots = { article = "desk lamp", count = 2 } })
  end)

  local function stock()
    return sql.open("desk"):value("SELECT stock FROM articles WHERE name = 'desk lamp'")
  end

  it("cancels an order once, and puts the articles back", function()
    assert.equal(3, stock())
    local result = run_action("action_cancel_order", { slots = { order = 1 } })
    assert.equal("Order 1 is cancelled.", result.responses[1].text)
    assert.is_nil(result.slots.order)
    assert.equal(5, stock())
    assert.matches("no such order", run_action("action_cancel_order", { slots = { order = 1 } }).responses[1].text)
    assert.equal(5, stock())
  end)

  it("leaves the orders of others alone", function()
    local result = run_action("action_cancel_order", { sender_id = "omar", slots = { order = 1 } })
    assert.matches("no such order", result.responses[1].text)
    assert.equal(3, stock())
  end)

  it("takes no text for a number", function()
    assert.same({}, run_action("action_cancel_order", { slots = { order = "the last" } }).events)
  end)
end)
