describe("planted", function()
  it("has mistakes", function()
    local result = run_action("action_planted", { slots = { name = "Ann" } })
    assert.equal(0, #result.eventss) --> undefined-field
    assert.are.same({}, result.slots)
    assert.sane({}, {}) --> undefined-field
    local stub = http.stub("GET", "snow:/x", { status = 200 })
    assert.equal(1, #stub.request) --> undefined-field
    time.freeze(true) --> param-type-mismatch
  end)
end)
