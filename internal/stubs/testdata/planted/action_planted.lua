---@param dispatcher dispatcher
---@param tracker tracker
---@param domain domain
return function(dispatcher, tracker, domain)
  local name = tracker:get_slott("name") --> undefined-field
  local there = http.gett("snow:/x") --> undefined-field
  local response = http.get("snow:/x")
  print(response.statuss) --> undefined-field
  local now = time.now()
  print(now.yeer) --> undefined-field
  print((now + 60).yeer, (now - now) + 1) --> undefined-field
  local later = time.date { year = 2026 } --> missing-fields, param-type-mismatch
  SlotSet("name", name) --> discard-returns
  local event = FollowupAction() --> missing-parameter
  local first = re.search("(\\d+)", "17")
  print(first.stop + 1) --> need-check-nil
  local big = text.upper(17) --> param-type-mismatch
  local half = table.filter(5, print) --> param-type-mismatch
  local intent = tracker.latest_message.intent.name
  local rows = sql.open("shop"):query("SELECT 1")
  sql.open("shop"):transaction(function(tx)
    tx:transaction() --> undefined-field
  end)
  local last = kv.conversation.gett("last") --> undefined-field
  nobody_knows() --> undefined-global
  return { event, there, later, big, half, intent, rows, last, domain.slots, domain.whatever }
end
