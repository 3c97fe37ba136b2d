-- A provider's counts day by day, all of one instant. Due expiries are settled first, so that the counts are
-- complete.
--
-- KEYS 1 due:{gg}        expiries not yet settled
--      2 sum:{gg}:now    gauges
--      3 aud:{gg}        the audit
--      4 sum:{gg}:<day>  counters of ARGV[1]'s day, then one key more for each day up to today; left out
--                        where the first day is tomorrow or later
-- ARGV 1 first day, whole days since 1970 UTC     2 how many days to tell, from the first on
--      3 provider                                 4 most to settle
--
-- Replies {'counts', pending after the days told, {upper ends of the buckets, s},
--          {what was counted on a day, in the order of shared/counted.lua}, ...}
--         {'day', today}  the last key is not today's: nothing written, call again with keys up to today
--         {'again'}       more was due than may be settled, or some expired before the first day: settle, call again
local due, gauge, aud, sum = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local first, told, provider = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local call = redis.call
-- include moment
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

-- include counted
local names = {'folded|' .. provider}
for i, event in ipairs(counted) do names[i + 1] = event .. '|' .. provider end
local function of_day(i, kinds) -- the first so many kinds of events, folded (fold-1.lua) or not
  local found = call('HMGET', KEYS[i], unpack(names, 1, kinds + 1))
  local counts = found[1] and cmsgpack.unpack(found[1]) or {}
  for kind = 1, kinds do counts[kind] = (counts[kind] or 0) + (found[kind + 1] or 0) end
  return counts
end

local pending = call('HGET', gauge, 'pending|' .. provider) or 0
for i = 4 + told, #KEYS do -- back from now to where the days told end
  local created, _, redeemed, revoked, replaced, expired = unpack(of_day(i, 6))
  pending = pending + redeemed + revoked + replaced + expired - created
end
local reply = {'counts', tonumber(pending), redeem_times}
for i = 4, 3 + told do reply[#reply + 1] = of_day(i, #counted) end
return reply
