describe("action_session_start", function()
  local function start(slots)
    return run_action("action_session_start", { slots = slots })
  end

  it("begins with session_started and ends with action_listen", function()
    local events = start({}).events
    assert.same(SessionStarted(), events[1])
    assert.same(ActionExecuted("action_listen"), events[#events])
  end)

  it("welcomes whom the website knows", function()
    local result = start({ session_started_metadata = { customer_id = "C-1001" } })
    assert.equal("Lena", result.responses[1].name)
    assert.same({ customer_id = "C-1001", name = "Lena", plan = "business", language = "de" }, result.slots)
  end)

  it("keeps who came before, and nothing else", function()
    local result = start({ customer_id = "C-1002", name = "Omar", cart = { "lamp" } })
    assert.same({}, result.responses)
    assert.same({ customer_id = "C-1002", name = "Omar" }, result.slots)
  end)

  it("welcomes a stranger", function()
    assert.equal("utter_welcome", start({ session_started_metadata = { customer_id = "C-9" } }).responses[1].response)
  end)
end)
