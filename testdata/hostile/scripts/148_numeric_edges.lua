-- tries: Arithmetic at the edges.
-- expect: ok script_error
return function(dispatcher, tracker)
  local edge = { 0, -0, 1, -1, 0/0, math.huge, -math.huge, 2^53, -2^53, 2^63, 1e308, 5e-324 }
  for _, a in ipairs(edge) do for _, b in ipairs(edge) do
    local x = a + b, a - b, a * b, a / b, a % b, a ^ b, a < b, a == b
    pcall(math.fmod, a, b) pcall(math.pow, a, b) pcall(math.ldexp, a, b) pcall(math.random, a, b) pcall(string.format, "%d %x %c %g %5.3f %i %o %u", a, b, a, b, a, b, a, b)
  end pcall(math.floor, a) pcall(math.modf, a) pcall(math.frexp, a) pcall(string.char, a) pcall(tostring, a) end
  dispatcher:utter_message("reckoned")
end
