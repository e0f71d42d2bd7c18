return slots {
  validate = {
    city = function(value)
      return value and value:upper()
    end,
  },
}
