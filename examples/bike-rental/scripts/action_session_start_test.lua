describe("action_session_start", function()
  it("keeps who the customer is and forgets the rest", function()
    local result = run_action("action_session_start", { slots = { customer = "Lena", bike = "e-bike" } })
    assert.equal("Good to see you again, Lena!", result.responses[1].text)
    assert.same({ customer = "Lena" }, result.slots)
  end)

  it("ends with action_listen", function()
    local events = run_action("action_session_start").events
    assert.same({ SessionStarted(), ActionExecuted("action_listen") }, events)
  end)
end)
