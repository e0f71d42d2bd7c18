describe("action_ask_recipient", function()
  it("offers the contacts", function()
    local message = run_action("action_ask_recipient", { sender_id = "lena" }).responses[1]
    assert.equal(3, #message.buttons)
    assert.equal("/SetSlots(recipient=Omar Haddad)", message.buttons[3].payload)
  end)

  it("offers nothing to whom it doesn't know", function()
    assert.same({}, run_action("action_ask_recipient").responses[1].buttons)
  end)
end)
