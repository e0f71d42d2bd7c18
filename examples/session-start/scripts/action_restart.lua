-- Takes the place of Rasa's own action: forgets the conversation, and begins a session again.
return function(dispatcher, tracker, domain)
  return { Restarted(), FollowupAction("action_session_start") }
end
