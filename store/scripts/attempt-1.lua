-- Counts an attempt to sign in as a wrong one, before its password is looked at: of many at a time no more get through
-- than one after the other. A right one is given back (forgive-1.lua).
--
-- KEYS 1 thr:<hash>  times of the attempts that count, ms, 6 bytes each, the oldest first
-- ARGV 1 ms for which one counts     2 how many there may be     3 'look' counts nothing and only says whether there is room
--
-- Replies {'counted', its time, ms} {'wait', ms until there is room}
local time = redis.call('TIME')
local ms = math.floor((time[1] * 1e6 + time[2]) / 1000)
local within, most = tonumber(ARGV[1]), tonumber(ARGV[2])
local known, kept = redis.call('GET', KEYS[1]) or '', ''
for at = 1, #known, 6 do
  -- A clock that was set back must not lock anybody out for longer, nor forget what was a moment ago.
  if math.abs(ms - struct.unpack('>I6', known, at)) < within then kept = kept .. known:sub(at, at + 5) end
end
if #kept >= 6 * most then
  return {'wait', math.max(1, math.min(within, struct.unpack('>I6', kept) + within - ms))}
end
if ARGV[3] == 'look' then return {'counted', ms} end
redis.call('SET', KEYS[1], kept .. struct.pack('>I6', ms), 'PX', within)
return {'counted', ms}
