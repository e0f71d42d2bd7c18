-- tries: Broken JSON of every kind.
-- expect: ok script_error
return function(dispatcher, tracker)
  for _, s in ipairs { "", " ", "{", "[", '"', "nul", "tru", '{"a"}', '{"a":}', "[1,]", '{"a":1,}', "[1 2]", '"\\u12"', '"\\ud800"', '"\\x"', "\0", "\239\187\191{}", '"\n"', "{}{}", "[]]", '{"a":1,"a":2}', '{1:2}', "/**/1", "'a'", "\255" } do
    local ok, v = pcall(json.decode, s)
    if ok then pcall(json.encode, v) end
  end
  dispatcher:utter_message("read")
end
