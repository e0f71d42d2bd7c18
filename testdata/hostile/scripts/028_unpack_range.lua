-- tries: Ranges that no call can take.
-- expect: script_error
-- item: 25
return function(dispatcher, tracker)
  for _, r in ipairs { { 1, 1e8 }, { -2^31, 2^31 }, { 1, 2^53 }, { -math.huge, math.huge }, { 2^53 - 1, 2^53 + 2 }, { 0/0, 0/0 } } do pcall(unpack, {}, r[1], r[2]) end
  return unpack({}, 1, 1e8)
end
