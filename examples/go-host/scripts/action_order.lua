-- Orders what the user chose. An error of the shop's is what the user hears.
return function(dispatcher, tracker, domain)
  local name = tracker:get_slot("article")
  local article = name and shop.find(name)
  if article == nil then
    reject("nothing was chosen")
  end
  local ok, receipt = pcall(shop.order, { { article = article.name, count = tonumber(tracker:get_slot("count")) or 1 } })
  if not ok then
    log.warn(receipt)
    dispatcher:utter_message("That can't be ordered, sorry.")
    return { SlotSet("article", nil) }
  end
  local day = working_days(receipt.placed, 3)
  dispatcher:utter_message(string.format("Order %s, %.2f euros. It is there on %s.", receipt.number, receipt.cents / 100, time.format(day, "%A")))
  return { SlotSet("order", receipt.number), SlotSet("article", nil) }
end
