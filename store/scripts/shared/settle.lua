-- Settles expiries that are not counted yet. Needs due, gauge, ms, count(), audit(), and in sum the counters
-- of the day to settle.
local function day_due() -- the day of the first due expiry; nil if none is due
  local head = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
  if head[1] and tonumber(head[2]) <= ms then return math.floor(tonumber(head[2]) / 86400000) end
end
local function settle(day, most) -- returns how many; more may be due
  local last = math.min(ms, (day + 1) * 86400000 - 1)
  local members = redis.call('ZRANGEBYSCORE', due, '-inf', last, 'LIMIT', 0, most)
  local ended = {}
  for _, member in ipairs(members) do
    redis.call('ZREM', due, member) -- the first write: needs no memory
    local whose = member:sub(17)
    audit('x', member:sub(1, 16), whose, '')
    ended[whose] = (ended[whose] or 0) + 1
  end
  for whose, n in pairs(ended) do
    count('expired', whose, n)
    redis.call('HINCRBY', gauge, 'pending|' .. whose, -n)
  end
  return #members
end
