describe("action_order", function()
  local function order(article, count)
    return run_action("action_order", { slots = { article = article, count = count } })
  end

  it("orders from the program's shop", function()
    local result = order("bell", "1")
    assert.matches("^Order %d+, 9%.90 euros%. It is there on %a+day%.$", result.responses[1].text)
    assert.is_number(result.slots.order)
  end)

  it("says what can't be ordered", function()
    local result = order("bell", 99)
    assert.equal("That can't be ordered, sorry.", result.responses[1].text)
    assert.equal("warn", result.logs[1].level)
  end)

  it("rejects when nothing was chosen", function()
    assert.equal("nothing was chosen", order(nil).rejected)
  end)
end)
