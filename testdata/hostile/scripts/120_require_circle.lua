-- tries: Requires files that require each other.
-- expect: script_error
return function(dispatcher, tracker)
  pcall(require, "lib.circle_a")
  return require("lib.circle_a")
end
