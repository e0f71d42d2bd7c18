describe("action_say_plan", function()
  it("says the plan", function()
    local message = run_action("action_say_plan", { slots = { plan = "business" } }).responses[1]
    assert.same({ "utter_plan", "business" }, { message.response, message.plan })
  end)

  it("says when there is none", function()
    assert.equal("utter_no_plan", run_action("action_say_plan").responses[1].response)
  end)
end)
