describe("action_quote", function()
  local function quote(bike, days)
    return run_action("action_quote", { slots = { bike = bike, days = days } })
  end

  it("says the price", function()
    local result = quote("e-bike", 2)
    assert.equal("e-bike for 2 days: 58.00 euros. Shall I book it?", result.responses[1].text)
    assert.same({ bike = "e-bike", days = 2, price = 58 }, result.slots)
  end)

  it("takes texts and words as days", function()
    assert.equal(3, quote("e-bike", "3").slots.days)
    assert.equal(3, quote("e-bike", "three").slots.days)
  end)

  it("gives the seventh day for nothing", function()
    assert.equal(54, quote("city bike", 7).slots.price)
  end)

  it("asks for the days", function()
    assert.equal("utter_ask_days", quote("e-bike", "a few").responses[1].response)
  end)

  it("shows the list when there is no such bike, or none left", function()
    for _, bike in ipairs { "tandem", "cargo bike" } do
      local result = quote(bike, 1)
      assert.is_nil(result.slots.bike)
      assert.same(FollowupAction("action_list_bikes"), result.events[2])
    end
    assert.equal("There is no cargo bike left, sorry.", quote("cargo bike", 1).responses[1].text)
  end)
end)
