-- tries: Looks for secrets, paths and tracebacks.
-- expect: script_error
-- item: 47
return function(dispatcher, tracker)
  pcall(function() return os.getenv("HOME") end)
  local _, message = pcall(error, "x")
  dispatcher:utter_message(tostring(message))
  local _, traced = pcall(function() return debug.traceback() end)
  dispatcher:utter_message(tostring(traced))
  return os.getenv("PATH")
end
