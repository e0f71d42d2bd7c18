-- ends: memory or timeout
return function(dispatcher, tracker, domain)
  local function f(n, ...)
    local a, b, c, d, e = n, n, n, n, n
    return 1 + f(n + 1, a, b, c, d, e, ...)
  end
  while true do
    local ok, message = pcall(f, 1, unpack({}, 1, 1000))
  end
end
