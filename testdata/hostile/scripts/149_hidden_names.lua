-- tries: Looks for the names that the compiler uses behind a script's back.
-- expect: ok
return function(dispatcher, tracker)
  for _, name in ipairs { "\0assign", "\0concat", "\0number", "\0", "(for generator)", "arg", "_ENV", "_G", "_VERSION", "package" } do
    for _, t in ipairs { string, json, tracker, dispatcher, events } do pcall(function() return t[name]() end) pcall(function() t[name] = 1 end) pcall(rawget, t, name) end
  end
  dispatcher:utter_message("hidden")
end
