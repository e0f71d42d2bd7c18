describe("action_order_status", function()
  local function asked(number)
    return run_action("action_order_status", { entities = { { entity = "order_number", value = number } } })
  end

  it("says where an order is, however its number is written", function()
    for _, number in ipairs { "A-1001", "a1001", "#a 1001" } do
      local result = asked(number)
      assert.equal("Order A-1001 is on its way with DHL and should be there in 2 days. In it: coffee grinder.",
        result.responses[1].text, number)
      assert.same({ order_number = "A-1001", order_status = "sent" }, result.slots)
    end
  end)

  it("has a sentence for each status", function()
    assert.matches("^Order A%-1002 is packed and leaves our house today%.", asked("A-1002").responses[1].text)
    assert.matches("^Order A%-1003 was cancelled%.", asked("A-1003").responses[1].text)
  end)

  it("takes the number that it remembers", function()
    local result = run_action("action_order_status", { slots = { order_number = "A1002" } })
    assert.matches("A%-1002", result.responses[1].text)
  end)

  it("asks for the number when there is none", function()
    local result = run_action("action_order_status")
    assert.matches("number of your order", result.responses[1].text)
    assert.same({}, result.events)
  end)

  it("forgets a number that is none", function()
    for _, number in ipairs { "B-9999", "my last one" } do
      local result = asked(number)
      assert.matches("can't find an order " .. number:gsub("%-", "%%-"), result.responses[1].text)
      assert.same({ SlotSet("order_number", nil) }, result.events)
    end
  end)
end)
