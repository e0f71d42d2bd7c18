return form {
  validate = {
    size = function(value, dispatcher)
      if value == "small" or value == "large" then
        return value
      end
      dispatcher:utter_message { response = "utter_wrong_size", size = value }
      return nil
    end,
    toppings = function(value)
      if value == "nothing" then
        reject("a pizza needs something")
      end
      return table.map(text.split(value, ","), function(part) return text.trim(part) end)
    end,
  },
}
