describe("action_quote", function()
  local function quote(article, count)
    return run_action("action_quote", { slots = { article = article, count = count } })
  end

  it("gives a tenth off from three on", function()
    assert.equal("19.80 euros", quote("bell", 2).responses[1].text)
    assert.equal("26.73 euros", quote("bell", "3").responses[1].text)
  end)

  it("has the shop's error for what it doesn't sell", function()
    assert.has_error(function() quote("oil") end, "there is no article")
  end)
end)
