return function(dispatcher)
  dispatcher:utter_message("nobody reads this")
  error("on purpose")
end
