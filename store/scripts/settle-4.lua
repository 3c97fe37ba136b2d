-- Counts what has expired: takes it off the due list, exactly once whoever sweeps, and moves it from pending to expired
-- on the day on which it fell. The ledger stays as it is: pending and past its time reads as expired everywhere.
--
-- KEYS 1 due:{gg}        handle ‖ provider by expiry ms, pending only
--      2 sum:{gg}:<day>  counters of ARGV[1]'s day
--      3 sum:{gg}:now    gauges
--      4 aud:{gg}        the audit
-- ARGV 1 day, whole days since 1970 UTC     2 most to settle
--
-- Replies {'settled', n}  n of that day; more may be due
--         {'idle'}        nothing is due
--         {'day', day}    what is due first fell on that day: nothing written, call again with its key
local time = redis.call('TIME')
local ms = math.floor((time[1] * 1e6 + time[2]) / 1000)
local head = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
if not head[1] or tonumber(head[2]) > ms then return {'idle'} end
local day = math.floor(tonumber(head[2]) / 86400000)
if day ~= tonumber(ARGV[1]) then return {'day', day} end

local sum, aud = KEYS[2], KEYS[4]
-- include count
-- include audit
local last = math.min(ms, (day + 1) * 86400000 - 1)
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', last, 'LIMIT', 0, ARGV[2])
local ended = {}
for _, member in ipairs(due) do
  redis.call('ZREM', KEYS[1], member) -- the first write: needs no memory
  local provider = member:sub(17)
  audit('x', member:sub(1, 16), provider, '')
  ended[provider] = (ended[provider] or 0) + 1
end
for provider, n in pairs(ended) do
  count('expired', provider, n)
  redis.call('HINCRBY', KEYS[3], 'pending|' .. provider, -n)
end
return {'settled', #due}
