describe("validate_recipient", function()
  local function recipient(said)
    return run_action("validate_recipient", { sender_id = "lena", slots = { recipient = said } })
  end

  it("finds a contact by a part of the name", function()
    assert.equal("Omar Haddad", recipient("omar").slots.recipient)
  end)

  it("asks which one is meant", function()
    local result = recipient("an")
    assert.equal("Do you mean Ann Miller or Anton Meyer?", result.responses[1].text)
    assert.is_nil(result.slots.recipient)
  end)

  it("says when there is none", function()
    assert.equal("I don't know anybody called Zoe.", recipient("Zoe").responses[1].text)
  end)
end)
