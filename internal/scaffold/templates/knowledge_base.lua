-- Answers questions about the things in DATA: "which hotels are there?", "what does the second one cost?"
-- NAME stands under actions: in the assistant's domain.yml. Rasa tells what is asked for by the entities object_type, attribute
-- and mention, which fill the slots of these names.

return knowledge_base {
  -- The file lies in the scripts folder: for each type of thing a list, and for each thing an id and a name.
  data = "DATA",

  -- How a thing of a type is called in a list. Without it, it is its name.
  represent = {
    hotel = function(hotel)
      return hotel.name .. " in " .. hotel.city
    end,
  },
}
