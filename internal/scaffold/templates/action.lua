-- Rasa calls this file as NAME, once that name stands under actions: in the assistant's domain.yml.
--
--   dispatcher   says something to the user
--   tracker      knows the conversation: its slots, and what was said last
--   domain       is what the assistant knows; a script that doesn't use it costs Rasa nothing
--
-- What the function returns are events: what shall change in the conversation. It may return nothing.

return function(dispatcher, tracker, domain)
  -- A slot that isn't set is nil, and `or` gives what to take instead.
  local name = tracker:get_slot("name") or "you"

  dispatcher:utter_message("Hello " .. name .. "!")

  return { SlotSet("greeted", true) }
end
