describe("action_price", function()
  local function price(article)
    return run_action("action_price", { slots = { article = article } })
  end

  it("says what an article costs, and forgets it", function()
    local result = price(" Pretzel ")
    assert.equal("Pretzel: 0.90 euros", result.responses[1].text)
    assert.is_nil(result.slots.article)
  end)

  it("asks whether the nearest is meant", function()
    local message = price("preztel").responses[1]
    assert.equal("There is no preztel. Do you mean pretzel?", message.text)
    assert.equal('/ask_price{"article":"pretzel"}', message.buttons[1].payload)
  end)

  it("shows the list when there is nothing like it, or nothing was said", function()
    assert.equal("We don't have caviar.", price("caviar").responses[1].text)
    assert.same({ FollowupAction("action_price_list") }, price("").events)
  end)
end)
