return function(dispatcher, tracker)
  local city = tracker:get_latest_entity_values("city")[1]
  dispatcher:utter_message("It is time for " .. city .. ".")
end
