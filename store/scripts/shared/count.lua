-- Counts n events on the day; without n, one. Needs sum. '1' is text, because a number would first be
-- printed.
local function count(event, provider, n)
  if redis.call('HINCRBY', sum, event .. '|' .. provider, n or '1') == (n or 1) then
    redis.call('EXPIRE', sum, 34560000) -- 400 days
  end
end
