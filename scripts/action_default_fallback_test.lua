describe("action_default_fallback", function()
  it("asks what it is about, and takes the message back", function()
    local result = run_action("action_default_fallback", { text = "gnarf" })
    assert.matches("didn't understand", result.responses[1].text)
    assert.equal(3, #result.responses[1].buttons)
    assert.same({ UserUtteranceReverted() }, result.events)
  end)

  it("hands over when that happens twice in a row", function()
    local result = run_action("action_default_fallback", {
      text = "gnarf!",
      events = { ActionExecuted("action_default_fallback"), ActionExecuted("action_listen") },
    })
    assert.matches("fetch a colleague", result.responses[1].text)
    assert.same({ SlotSet("handed_over", true), ConversationPaused() }, result.events)
    assert.equal("gnarf!", result.logs[1].fields.text)
  end)

  it("starts counting anew after anything else", function()
    local result = run_action("action_default_fallback", {
      events = { ActionExecuted("action_default_fallback"), ActionExecuted("action_listen"), ActionExecuted("utter_hours") },
    })
    assert.same({ UserUtteranceReverted() }, result.events)
  end)
end)
