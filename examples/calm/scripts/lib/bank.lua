-- The bank. A real one would be asked over HTTP.
local M = {}

-- Cents, so that sums stay exact.
local balances = { lena = 25050 }

local contacts = {
  lena = { "Ann Miller", "Anton Meyer", "Omar Haddad" },
}

function M.balance(owner)
  return balances[owner] or 0
end

-- The contacts whose name has all of this in it; all of them for "".
function M.contacts(owner, part)
  return table.filter(contacts[owner] or {}, function(name)
    return text.contains(text.lower(name), text.lower(part or ""))
  end)
end

-- 25050 becomes "250.50"
function M.euros(cents)
  return string.format("%.2f", cents / 100)
end

return M
