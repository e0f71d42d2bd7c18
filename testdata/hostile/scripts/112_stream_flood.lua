-- tries: Streams for ever and never ends it.
-- expect: memory timeout script_error
return function(dispatcher, tracker)
  while true do dispatcher:stream_start() for i = 1, 1000 do dispatcher:stream_chunk("x") end end
end
