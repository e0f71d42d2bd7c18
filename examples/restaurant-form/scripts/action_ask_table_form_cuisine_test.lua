describe("action_ask_table_form_cuisine", function()
  it("offers what the house cooks", function()
    local message = run_action("action_ask_table_form_cuisine").responses[1]
    assert.same({ "thai", "greek", "italian" }, table.map(message.buttons, function(b) return b.title end))
    assert.equal('/inform{"cuisine":"thai"}', message.buttons[1].payload)
  end)
end)
