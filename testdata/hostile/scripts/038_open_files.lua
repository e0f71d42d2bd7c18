-- tries: Looks for files and programs by every name.
-- expect: script_error
-- item: 38
return function(dispatcher, tracker)
  local tried = {
    function() return io.open("/etc/passwd") end, function() return io.popen("id") end, function() return os.execute("id") end,
    function() return dofile("/etc/passwd") end, function() return require("../../etc/passwd") end, function() return require("lib...secret") end,
    function() return require("/etc/passwd") end, function() return loadfile("/etc/passwd") end, function() return os.remove("x") end,
    function() return os.rename("a", "b") end, function() return os.tmpname() end, function() return package.loadlib("a", "b") end,
    function() return loadstring("return 1")() end, function() return load("return 1")() end, function() return debug.getinfo(1) end,
  }
  for i, f in ipairs(tried) do
    local ok = pcall(f)
    if ok then dispatcher:utter_message("LEAKED by way " .. i) end
  end
  return io.open("/etc/passwd")
end
