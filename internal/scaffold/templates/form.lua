-- Rasa calls this file while it fills the form FORM: it checks what the user said, before Rasa asks for the next slot.
-- The form and its slots stand in the assistant's domain.yml; NAME stands there under actions:.

return form {
  validate = {
    -- One function for each slot that is to be checked; the others stay as they came.
    -- What it returns is the slot's new value. nil clears the slot, and Rasa asks for it again.
    people = function(value, dispatcher, tracker, domain)
      local people = tonumber(value) -- makes the number 4 of the text "4", and nil of "many"
      if people == nil or people < 1 then
        dispatcher:utter_message("For how many people? A number will do.")
        return nil
      end
      return people
    end,
  },

  -- What Rasa doesn't find in the user's words by itself is found here, slot by slot:
  --
  -- extract = {
  --   outdoor = function(dispatcher, tracker, domain)
  --     return text.contains(tracker.latest_message.text or "", "outside")
  --   end,
  -- },
}
