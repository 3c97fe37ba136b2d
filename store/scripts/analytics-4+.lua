-- A provider's counts day by day, all of one instant. What is due is settled first, so that nothing is missing in them.
--
-- KEYS 1 due:{gg}        expiries not yet settled
--      2 sum:{gg}:now    gauges
--      3 aud:{gg}        the audit
--      4 sum:{gg}:<day>  counters of ARGV[1]'s day, then one key more for each day up to today; left out
--                        where the first day is tomorrow or later
-- ARGV 1 first day, whole days since 1970 UTC     2 how many days to tell, from the first on
--      3 provider                                 4 most to settle
--
-- Replies {'counts', pending after the days told, {upper end of a bucket in s, redeemed in that time, ...},
--          {a day's created, viewed, redeemed, revoked, replaced, expired, lost, locked, asked; nil for none}, ...}
--         {'day', today}  the last key is not today's: nothing written, call again with keys up to today
--         {'again'}       more was due than may be settled, or some that fell before the first day: settle, call again
local due, gauge, aud, sum = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local first, told, provider = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local time = redis.call('TIME')
local ms = math.floor((time[1] * 1e6 + time[2]) / 1000)
local today = math.floor(ms / 86400000)
if today ~= first + #KEYS - 4 then return {'day', today} end

-- include count
-- include audit
-- include settle
local left, day = tonumber(ARGV[4]), day_due()
while day do
  if left == 0 or day < first then return {'again'} end
  sum = KEYS[4 + day - first]
  left = left - settle(day, left)
  day = day_due()
end

local function fields(names)
  for i, name in ipairs(names) do names[i] = name .. '|' .. provider end
  return names
end
local ends = fields({'redeemed', 'revoked', 'replaced', 'expired', 'created'})
local pending = redis.call('HGET', gauge, 'pending|' .. provider) or 0
for i = 4 + told, #KEYS do -- back from now to where the days told end
  local n = redis.call('HMGET', KEYS[i], unpack(ends))
  pending = pending + (n[1] or 0) + (n[2] or 0) + (n[3] or 0) + (n[4] or 0) - (n[5] or 0)
end

-- include redeem_times
local events = fields({'created', 'viewed', 'redeemed', 'revoked', 'replaced', 'expired', 'lost', 'locked', 'asked'})
local buckets, times = {}, {}
for i, upper_end in ipairs(redeem_times) do
  buckets[i], times[2 * i - 1], times[2 * i] = 'ttr:' .. upper_end .. '|' .. provider, upper_end, 0
end
local reply = {'counts', tonumber(pending), times}
for i = 4, 3 + told do
  local of_day = redis.call('HMGET', KEYS[i], unpack(events))
  if of_day[3] then -- some were redeemed
    for bucket, n in ipairs(redis.call('HMGET', KEYS[i], unpack(buckets))) do
      times[2 * bucket] = times[2 * bucket] + (n or 0)
    end
  end
  reply[#reply + 1] = of_day
end
return reply
