-- Checks what was said while the form asks, and reads what Rasa doesn't find by itself.
local house = require "lib.house"

local WORDS = { one = 1, two = 2, three = 3, four = 4, five = 5, six = 6, seven = 7, eight = 8, nine = 9, ten = 10 }

-- From here on we want to be able to call.
local MANY = 8

return form {
  -- Rasa asks for these, in this order; the last one only if many come.
  required_slots = function(domain_slots, dispatcher, tracker, domain)
    local slots = table.extend({}, domain_slots)
    local people = tracker:get_slot("people")
    if type(people) == "number" and people >= MANY then
      table.insert(slots, "phone")
    end
    return slots
  end,

  extract = {
    -- "a table outside" says it long before it is asked for.
    outdoor = function(dispatcher, tracker, domain)
      local said = text.lower(tracker.latest_message.text or "")
      if text.contains(said, "outside") or text.contains(said, "terrace") then
        return true
      elseif text.contains(said, "inside") then
        return false
      end
      return nil -- nothing extracted: the slot stays as it is
    end,

    -- Whatever is said after it was asked for.
    phone = function(dispatcher, tracker, domain)
      if tracker:get_slot("requested_slot") == "phone" then
        return tracker.latest_message.text
      end
    end,
  },

  validate = {
    cuisine = function(value, dispatcher, tracker, domain)
      local cuisine = text.lower(value)
      if table.contains(house.cuisines, cuisine) then
        return cuisine
      end
      dispatcher:utter_message("We have no " .. cuisine .. " kitchen, sorry.")
      return nil -- clears the slot, so that the form asks again
    end,

    people = function(value, dispatcher, tracker, domain)
      local people = tonumber(value) or WORDS[text.lower(tostring(value))]
      if people == nil or people < 1 or people % 1 ~= 0 then
        dispatcher:utter_message("Please say a number, such as 4.")
        return nil
      end
      if people > house.most then
        dispatcher:utter_message("Our biggest table has " .. house.most .. " seats.")
        return nil
      end
      return people
    end,

    outdoor = function(value, dispatcher, tracker, domain)
      local people = tonumber(tracker:get_slot("people")) or 1
      if value and people > house.most_outside then
        dispatcher:utter_message("Outside there is no table for more than " .. house.most_outside .. ": I'll look inside.")
        return false
      end
      return value
    end,

    phone = function(value, dispatcher, tracker, domain)
      local digits = re.sub([[\D]], "", value)
      if #digits < 6 then
        dispatcher:utter_message("That looks too short for a phone number.")
        return nil
      end
      return digits
    end,
  },
}
