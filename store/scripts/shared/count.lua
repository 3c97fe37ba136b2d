-- Counts n of an event on the day. Needs sum.
local function count(event, provider, n)
  if redis.call('HINCRBY', sum, event .. '|' .. provider, n) == n then
    redis.call('EXPIRE', sum, 34560000) -- 400 days
  end
end
