-- tries: Rejects with megabytes of text.
-- expect: rejected script_error memory
return function(dispatcher, tracker)
  reject(("x"):rep(20000000))
end
