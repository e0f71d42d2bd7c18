-- All that the actions ask the shop. Each function gives a value, or nil and what to tell the user.
local M = {}

local AWAY = "I can't reach the shop right now. Please try again in a few minutes."

-- The value in a response; nil and a sentence if there is none.
function M.value(response)
  if not response.ok then
    -- 0 is nobody, or nobody in time. The log has the reason, the user a sentence.
    log.warn("the shop didn't help", { why = response.error, status = response.status })
    return nil, AWAY
  end
  local good, value = pcall(function()
    return response:json()
  end)
  if not good then
    log.error("the shop sent no JSON", { began = text.sub(response.body, 1, 80) })
    return nil, AWAY
  end
  return value
end

-- "a17" and "A 17" are A-17; nil for what is no number of an order.
function M.number(said)
  if type(said) ~= "string" then
    return nil
  end
  local found = re.fullmatch([[\s*([A-Z])[\s-]*(\d{1,6})\s*]], text.upper(said))
  return found and found[1] .. "-" .. found[2]
end

-- The path of an order. What somebody typed is encoded, so that it stays one part of the path.
function M.path(number)
  return "shop:/orders/" .. url.encode(number)
end

-- The order; nil, a sentence, and whether it is sure that there is none of this number.
function M.order(number)
  local response = http.get(M.path(number), { timeout = 2 })
  if response.status == 404 then
    return nil, "I find no order " .. number .. ". Is that the right number?", true
  end
  local order, problem = M.value(response)
  return order, problem, false
end

return M
