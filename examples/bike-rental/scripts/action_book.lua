-- Books what was quoted. Without a quote it rejects: Rasa then tries something else.
return function(dispatcher, tracker, domain)
  local price = tracker:get_slot("price")
  if price == nil then
    reject("nothing was quoted yet")
  end
  -- The keys beside response fill the places in the response's text.
  dispatcher:utter_message {
    response = "utter_booked",
    bike = tracker:get_slot("bike"),
    days = tracker:get_slot("days"),
    price = string.format("%.2f", price),
  }
  return { SlotSet("price", nil), SlotSet("days", nil), SlotSet("bike", nil) }
end
