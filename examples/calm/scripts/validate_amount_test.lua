describe("validate_amount", function()
  local function amount(said)
    return run_action("validate_amount", { slots = { amount = said } }).slots.amount
  end

  it("reads numbers, and texts with a number", function()
    assert.equal(50, amount(50))
    assert.equal(50, amount("50"))
    assert.equal(49.9, amount("49.90 euros"))
  end)

  it("asks again for anything else", function()
    assert.is_nil(amount("fifty euros"))
    assert.is_nil(amount(0))
    assert.matches("such as 25", run_action("validate_amount", { slots = { amount = "much" } }).responses[1].text)
  end)
end)
