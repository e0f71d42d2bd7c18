-- tries: Yields where no yield can be: in comparisons, callbacks, metamethods and iterators.
-- expect: ok
return function(dispatcher, tracker)
  local yield = coroutine.yield
  local places = {
    function() table.sort({ 3, 2, 1 }, function() yield() end) end,
    function() return (("abc"):gsub(".", function() yield() end)) end,
    function() return setmetatable({}, { __index = function() yield() end }).x end,
    function() setmetatable({}, { __newindex = function() yield() end }).x = 1 end,
    function() return setmetatable({}, { __add = function() yield() end }) + 1 end,
    function() return setmetatable({}, { __concat = function() yield() end }) .. "x" end,
    function() return setmetatable({}, { __lt = function() yield() end }) < setmetatable({}, {}) end,
    function() return tostring(setmetatable({}, { __tostring = function() yield() end })) end,
    function() for _ in function() yield() end do end end,
    function() return pcall(yield) end,
    function() return xpcall(yield, yield) end,
    function() return xpcall(error, yield) end,
    function() return string.format("%s", setmetatable({}, { __tostring = yield })) end,
    function() json.encode(setmetatable({ 1 }, { __tostring = yield })) end,
    function() log.info(setmetatable({}, { __tostring = yield })) end,
    function() return select(2, yield()) end,
    function() return assert(yield()) end,
  }
  for i, f in ipairs(places) do
    for j = 1, 20 do
      local co = coroutine.create(f)
      for k = 1, 4 do coroutine.resume(co, k) end
    end
  end
  pcall(yield)
  dispatcher:utter_message("survived")
end
