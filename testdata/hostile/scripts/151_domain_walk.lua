-- tries: Changes the domain, and looks whether an earlier call did.
-- expect: ok
return function(dispatcher, tracker, domain)
  if domain.leak or (domain.slots and domain.slots.leak) then dispatcher:utter_message("LEAKED") end
  domain.leak = true
  domain.slots = domain.slots or {}
  domain.slots.leak = "LEAKED"
  dispatcher:utter_message("clean")
end
