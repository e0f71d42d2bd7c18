-- ends: memory
return function(dispatcher, tracker, domain)
  local s, kept = "x", {}
  while true do
    if #s > 3e7 then s = "x" end
    s = s .. s .. s .. s
    kept[#kept + 1] = s
  end
end
