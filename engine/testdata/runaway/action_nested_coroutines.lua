-- ends: memory
return function(dispatcher, tracker, domain)
  local all = {}
  local function f()
    all[#all + 1] = coroutine.create(f)
    coroutine.resume(all[#all])
    coroutine.yield()
  end
  while true do coroutine.wrap(f)() end
end
