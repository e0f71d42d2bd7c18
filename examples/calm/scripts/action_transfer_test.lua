describe("action_transfer", function()
  local slots = { amount = 25, recipient = "Omar Haddad", confirmed = true }
  local flow = { { frame_id = "1", type = "flow", flow_id = "transfer_money", step_id = "send" } }

  it("sends, and forgets what was asked", function()
    local result = run_action("action_transfer", { slots = slots, stack = flow })
    assert.equal("utter_sent", result.responses[1].response)
    assert.equal("25.00", result.responses[1].amount)
    assert.same({}, result.slots)
    assert.equal("transfer", result.logs[1].message)
  end)

  it("rejects outside its flow, and without a confirmation", function()
    assert.equal("nobody confirmed a transfer", run_action("action_transfer", { slots = slots }).rejected)
    assert.is_not_nil(run_action("action_transfer", { slots = { amount = 25, confirmed = false }, stack = flow }).rejected)
  end)
end)
