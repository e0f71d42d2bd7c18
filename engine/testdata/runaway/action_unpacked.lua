-- ends: memory or timeout
return function(dispatcher, tracker, domain)
  local t, all = {}, {}
  for i = 1, 2e5 do t[i] = i end
  local function keep(...)
    local co = coroutine.create(function(...) coroutine.yield() end)
    coroutine.resume(co, ...)
    all[#all + 1] = co
  end
  while true do keep(unpack(t, 1, 100000)) end
end
