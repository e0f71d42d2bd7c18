-- The language model may have read "50", 50 or "fifty euros".
return function(dispatcher, tracker, domain)
  local said = tracker:get_slot("amount")
  local amount = tonumber(said) or tonumber((re.sub("[^0-9.]", "", tostring(said))))
  if amount == nil or amount <= 0 then
    dispatcher:utter_message("Please say how many euros, such as 25.")
    return { SlotSet("amount", nil) }
  end
  return { SlotSet("amount", amount) }
end
