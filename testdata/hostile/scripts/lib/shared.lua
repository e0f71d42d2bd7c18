return { f = function() return 1 end, list = { 1, 2, 3 } }
