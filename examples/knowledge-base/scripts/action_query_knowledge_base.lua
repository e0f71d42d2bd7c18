-- Answers questions about the places of data/places.json: "which italian restaurants are there?", "when is the second one closed?"
return knowledge_base {
  data = "data/places.json",

  -- Restaurants have an id, which is what is looked for unless this says otherwise.
  key = { museum = "code" },

  represent = {
    museum = function(museum)
      return museum.name .. " in " .. museum.city
    end,
  },

  -- What is said by itself is plain ("'Da Marco' has the value 'Sunday' for attribute 'closed_on'."), so this says it better.
  utter_attribute_value = function(dispatcher, name, attribute, value)
    if attribute == "closed_on" then
      dispatcher:utter_message(value and name .. " is closed on " .. value .. "s." or name .. " is open every day.")
    elseif attribute == "entrance" then
      dispatcher:utter_message(string.format("%s costs %.2f euros.", name, value))
    elseif attribute == "terrace" then
      dispatcher:utter_message(name .. (value and " has a terrace." or " has no terrace."))
    elseif value == nil then
      dispatcher:utter_message("I don't know the " .. attribute .. " of " .. name .. ".")
    else
      dispatcher:utter_message("The " .. attribute .. " of " .. name .. ": " .. value .. ".")
    end
  end,
}
