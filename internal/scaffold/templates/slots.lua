-- Rasa calls this file after each message of the user, and has it check the slots that were just filled.
-- NAME stands under actions: in the assistant's domain.yml.

return slots {
  validate = {
    -- One function for each slot that is to be checked; the others stay as they came.
    -- What it returns is the slot's new value. nil clears the slot.
    email = function(value, dispatcher, tracker, domain)
      if re.fullmatch([[\S+@\S+\.\S+]], value) == nil then
        dispatcher:utter_message("That doesn't look like an e-mail address.")
        return nil
      end
      return text.lower(value)
    end,
  },

  -- What Rasa doesn't find in the user's words by itself is found here, slot by slot:
  --
  -- extract = {
  --   urgent = function(dispatcher, tracker, domain)
  --     return text.contains(tracker.latest_message.text or "", "at once")
  --   end,
  -- },
}
