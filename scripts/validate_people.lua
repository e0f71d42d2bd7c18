-- A small step of a form: checks how many people come, before Rasa goes on.
--
-- In a CALM assistant Rasa calls validate_<slot> after it has filled a slot in a flow. Setting the slot to nil
-- has it asked for again.
--
-- What there is to learn here:
--   * values from a conversation may be texts: tonumber makes a number of "4", and nil of "many"
--   * return as soon as it is clear what happens; what follows can rely on it

local MOST = 12
local WORDS = { one = 1, two = 2, three = 3, four = 4, five = 5, six = 6, seven = 7, eight = 8 }

return function(dispatcher, tracker, domain)
  local said = tracker:get_slot("people")
  local people = tonumber(said) or WORDS[tostring(said):lower()]

  if people == nil or people ~= math.floor(people) or people < 1 then
    dispatcher:utter_message("For how many people? A number will do.")
    return { SlotSet("people", nil) }
  end

  if people > MOST then
    dispatcher:utter_message("We can seat " .. MOST .. " at most. For more please call us.")
    return { SlotSet("people", nil) }
  end

  return { SlotSet("people", people) }
end
