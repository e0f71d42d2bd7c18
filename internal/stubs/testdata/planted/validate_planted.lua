return form {
  validate = {
    city = function(value, dispatcher, tracker)
      dispatcher:utter("no") --> undefined-field
      return value or tracker:get_slots("city") --> undefined-field
    end,
  },
}
