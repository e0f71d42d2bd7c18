describe("action_set_zone", function()
  local function said(city)
    time.freeze("2026-10-21T10:00:00Z")
    return run_action("action_set_zone", { entities = city and { { entity = "city", value = city } } })
  end

  it("keeps the clock of a city, also of one that is misspelt", function()
    assert.equal("Asia/Tokyo", said("Tokio").slots.zone)
    assert.equal("So it is 19:00 on Wednesday where you are. I'll use your clock.", said("Tokyo").responses[1].text)
  end)

  it("takes a zone's own name", function()
    assert.equal("Europe/Lisbon", said("Europe/Lisbon").slots.zone)
  end)

  it("asks when it knows no such city", function()
    assert.equal("utter_ask_city", said("Atlantis").responses[1].response)
    assert.equal("utter_ask_city", said(nil).responses[1].response)
  end)
end)
