describe("action_check_balance", function()
  local function enough(amount)
    return run_action("action_check_balance", { sender_id = "lena", slots = { amount = amount } }).slots
  end

  it("says whether it is enough, to the cent", function()
    assert.same({ amount = 250.5, balance = 250.5, enough = true }, enough(250.5))
    assert.is_false(enough(250.51).enough)
  end)

  it("takes nobody's balance for nothing", function()
    assert.equal(0, run_action("action_check_balance", { slots = { amount = 1 } }).slots.balance)
  end)
end)
