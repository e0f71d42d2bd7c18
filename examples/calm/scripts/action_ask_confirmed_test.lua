describe("action_ask_confirmed", function()
  it("shows the figures as people write them", function()
    local message = run_action("action_ask_confirmed", { slots = { amount = 25.5, recipient = "Omar Haddad" } }).responses[1]
    assert.equal("Send 25.50 euros to Omar Haddad?", message.text)
    assert.equal("/SetSlots(confirmed=True)", message.buttons[1].payload)
    assert.equal("/SetSlots(confirmed=False)", message.buttons[2].payload)
  end)
end)
