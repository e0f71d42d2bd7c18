describe("action_open_orders", function()
  local function ask()
    return run_action("action_open_orders", { slots = { customer = "C 7&8" } }).responses[1]
  end

  it("offers the customer's open orders", function()
    local stub = http.stub("GET", "shop:/orders", { json = { { id = "A-17", state = "shipped" }, { id = "A-18", state = "packed" } } })
    local message = ask()
    assert.equal("Which one do you mean?", message.text)
    assert.same({ title = "A-18 (packed)", payload = '/ask_status{"order":"A-18"}' }, message.buttons[2])
    assert.equal("C 7&8", stub.requests[1].query.customer)
  end)

  it("says when there are none", function()
    http.stub("GET", "shop:/orders", { json = json.array() })
    assert.equal("You have no open orders.", ask().text)
  end)

  it("says when the shop is away", function()
    http.stub("GET", "shop:/orders", { status = 503 })
    assert.matches("can't reach the shop", ask().text)
  end)

  it("asks who is there", function()
    assert.equal("utter_ask_customer", run_action("action_open_orders").responses[1].response)
  end)
end)
