-- Says what is planned, the next one first.
return function(dispatcher, tracker, domain)
  local list = table.extend({}, tracker:get_slot("plans") or {})
  if #list == 0 then
    dispatcher:utter_message("Nothing is planned.")
    return {}
  end
  table.sort(list, function(a, b)
    return time.parse(a.at) < time.parse(b.at)
  end)
  local lines = table.map(list, function(plan)
    return time.format(plan.at, "%-d %b, %H:%M") .. ": " .. plan.task
  end)
  dispatcher:utter_message(table.concat(lines, "\n"))
end
