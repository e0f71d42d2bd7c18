local orders = require "lib.orders"

describe("lib.orders", function()
  it("gives a number one form", function()
    assert.equal("A-1001", orders.number("a 1001"))
    assert.is_nil(orders.number("A-12"))
  end)

  it("finds an order by its number", function()
    assert.equal("packed", orders.find("A-1002").status)
    assert.is_nil(orders.find("Z-0000"))
  end)
end)
