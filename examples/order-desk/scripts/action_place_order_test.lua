describe("action_place_order", function()
  before_each(function()
    sql.stub("desk", "")
  end)

  local function order(article, count)
    return run_action("action_place_order", { slots = { article = article, count = count } })
  end

  it("orders, and takes the articles from the stock", function()
    local result = order("Desk Lamp", "2")
    assert.equal("Order 1: 2 × desk lamp, 69.80 euros.", result.responses[1].text)
    assert.same({ order = 1 }, result.slots)
    assert.equal(3, sql.open("desk"):value("SELECT stock FROM articles WHERE name = 'desk lamp'"))
  end)

  it("orders one unless told otherwise", function()
    assert.matches("^Order 1: 1 × pen tray", order("pen tray").responses[1].text)
  end)

  it("orders no more than there is, and writes nothing then", function()
    local result = order("desk mat", 3)
    assert.equal("There are only 2 of the desk mat left.", result.responses[1].text)
    assert.equal(0, sql.open("desk"):value("SELECT count(*) FROM orders"))
  end)

  it("asks whether the nearest article is meant", function()
    local message = order("desk lump").responses[1]
    assert.equal("We have no desk lump. Did you mean the desk lamp?", message.text)
    assert.same({ { title = "Desk Lamp", payload = '/order{"article":"desk lamp"}' } }, message.buttons)
    assert.equal("We have no zebra.", order("zebra").responses[1].text)
  end)

  it("asks when nothing was named", function()
    assert.equal("What would you like to order?", order(" ").responses[1].text)
  end)
end)
