return function(dispatcher)
  dispatcher:utter_message { text = "With what?", buttons = { { title = "Cheese", payload = "cheese" } } }
end
