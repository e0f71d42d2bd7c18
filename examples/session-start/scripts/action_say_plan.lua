return function(dispatcher, tracker, domain)
  local plan = tracker:get_slot("plan")
  if plan == nil then
    dispatcher:utter_message { response = "utter_no_plan" }
    return {}
  end
  dispatcher:utter_message { response = "utter_plan", plan = plan }
end
