describe("action_list_bikes", function()
  it("lists the cheapest first, with a button for what is there", function()
    local message = run_action("action_list_bikes").responses[1]
    assert.equal("city bike: 9.00 euros a day\ncargo bike: all out\ne-bike: 29.00 euros a day", message.text)
    assert.same({ "city bike", "e-bike" }, table.map(message.buttons, function(b) return b.title end))
    assert.equal('/choose_bike{"bike":"e-bike"}', message.buttons[2].payload)
  end)
end)
