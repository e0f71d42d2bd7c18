-- Shows what the program's shop has. What it gives is a list of tables.
return function(dispatcher, tracker, domain)
  for _, article in ipairs(shop.articles()) do
    local left = article.left > 0 and article.left .. " left" or "sold out"
    dispatcher:utter_message(string.format("%s: %.2f euros, %s", article.name, article.cents / 100, left))
  end
end
