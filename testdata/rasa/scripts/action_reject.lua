return function()
  reject()
end
