-- Counts n of an event on the day, or one. Needs sum. '1' as text: a number would first have to be printed.
local function count(event, provider, n)
  if redis.call('HINCRBY', sum, event .. '|' .. provider, n or '1') == (n or 1) then
    redis.call('EXPIRE', sum, 34560000) -- 400 days
  end
end
