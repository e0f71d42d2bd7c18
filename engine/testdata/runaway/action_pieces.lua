-- ends: memory or timeout
return function(dispatcher, tracker, domain)
  local s, all = string.rep("abcdefgh ", 6e6), {}
  while true do
    for word in s:gmatch("()(%w+)()") do all[#all + 1] = word end
  end
end
