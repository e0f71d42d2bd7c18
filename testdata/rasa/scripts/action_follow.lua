return function()
  return { FollowupAction("utter_followed") }
end
