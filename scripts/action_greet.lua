-- Greets by the time of day, by name if the bot knows one.
--
-- What there is to learn here:
--   * a file is an action: this one is called by Rasa as action_greet
--   * it returns a function that is given the dispatcher (what to say), the tracker (what is known) and the domain
--   * os.date uses the time zone that the server is configured for (UTC unless somebody set it)

local function greeting(hour)
  if hour < 5 then
    return "Good night"
  elseif hour < 12 then
    return "Good morning"
  elseif hour < 18 then
    return "Good afternoon"
  end
  return "Good evening"
end

return function(dispatcher, tracker, domain)
  local text = greeting(os.date("*t").hour)

  -- A slot that isn't set reads as nil, so a plain "if" asks whether there is a name.
  local name = tracker:get_slot("name")
  if name then
    text = text .. ", " .. name
  end

  dispatcher:utter_message {
    text = text .. "! What can I do for you?",
    buttons = {
      { title = "Where is my order?", payload = "/ask_order_status" },
      { title = "Book a table", payload = "/book_table" },
    },
  }

  -- What an action returns are events: they tell Rasa what has changed.
  return { SlotSet("greeted", true) }
end
