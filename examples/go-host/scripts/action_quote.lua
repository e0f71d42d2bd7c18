-- Says what an order would come to: the rule for discounts is the script's, the sum is the program's.
return function(dispatcher, tracker, domain)
  local count = tonumber(tracker:get_slot("count")) or 1
  local sum = shop.discounted({ { article = tracker:get_slot("article"), count = count } }, function(article)
    return count >= 3 and math.floor(article.cents / 10) or 0
  end)
  dispatcher:utter_message(string.format("%.2f euros", sum / 100))
end
