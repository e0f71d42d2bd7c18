describe("action_order_status", function()
  local function ask(order)
    return run_action("action_order_status", { slots = { order = order } })
  end

  local function order(extra)
    http.stub("GET", "shop:/orders/A-17", {
      json = table.merge({ id = "A-17", state = "open", items = { { count = 2, article = "bell" } } }, extra or {}),
    })
  end

  it("says where an order is, and what is in it", function()
    order()
    local result = ask("a 17")
    assert.equal("Order A-17 has come in. In it: 2 × bell.", result.responses[1].text)
    assert.equal("A-17", result.slots.order)
  end)

  it("says when the parcel comes", function()
    order { state = "shipped", parcel = "P/1" }
    http.stub("GET", "shop:/parcels/P%2F1", { json = { carrier = "DHL", due = "2026-10-22" } })
    assert.equal("Order A-17 is on its way with DHL and should be there on Thursday, 22 October. In it: 2 × bell.", ask("A-17").responses[1].text)
  end)

  it("does without the parcel's service", function()
    order { state = "shipped", parcel = "P1" }
    http.stub("GET", "shop:/parcels/*", { error = "no answer" })
    assert.equal("Order A-17 is on its way. In it: 2 × bell.", ask("A-17").responses[1].text)
  end)

  it("forgets a number that there is not, and keeps one while the shop is away", function()
    http.stub("GET", "shop:/orders/*", { status = 404 })
    assert.same({ SlotSet("order", nil) }, ask("A-99").events)
    http.stub("GET", "shop:/orders/*", { status = 200, body = "<html>" })
    local away = ask("A-99")
    assert.matches("can't reach the shop", away.responses[1].text)
    assert.same({}, away.events)
  end)

  it("asks for a number", function()
    assert.equal("utter_ask_order", ask("my order").responses[1].response)
    assert.equal("utter_ask_order", ask(17).responses[1].response)
  end)
end)
