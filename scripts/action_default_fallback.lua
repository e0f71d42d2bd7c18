-- Says that the bot didn't understand, and hands over to a human when that happens twice in a row.
--
-- Rasa itself has an action of this name; a file with the same name replaces it, once the action is listed in the domain.
--
-- What there is to learn here:
--   * tracker.events holds all that has happened, oldest first; walking it from the end finds the latest
--   * events besides SlotSet: taking the last message back, pausing the bot

-- How many times in a row this action has run before: it stands between two messages of the user.
local function misunderstood_before(tracker)
  local count = 0
  for i = #tracker.events, 1, -1 do
    local event = tracker.events[i]
    if event.event == "action" and event.name == "action_default_fallback" then
      count = count + 1
    elseif event.event == "action" and event.name ~= "action_listen" then
      break
    end
  end
  return count
end

return function(dispatcher, tracker, domain)
  if misunderstood_before(tracker) >= 1 then
    dispatcher:utter_message("I still don't get it, sorry. I'll fetch a colleague, who will read what we have written.")
    log.info("handed over", { text = tracker.latest_message.text })
    return { SlotSet("handed_over", true), ConversationPaused() }
  end

  dispatcher:utter_message {
    text = "I didn't understand that. What is it about?",
    buttons = {
      { title = "An order", payload = "/ask_order_status" },
      { title = "A table", payload = "/book_table" },
      { title = "Talk to a human", payload = "/human" },
    },
  }
  -- The message is taken back, so that it doesn't lead later predictions astray.
  return { UserUtteranceReverted() }
end
