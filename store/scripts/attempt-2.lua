-- Counts an attempt to sign in as wrong before its password is checked, so that many at a time get no more
-- tries than one after the other. A right one is taken back (forgive-2.lua).
--
-- KEYS 1 thr:{thr:<hash>}:<h> or thr:<hash>  times of the attempts that count, ms, 6 bytes each, the oldest first
--      2 thr:<hash>  the same for a wider count, which refuses nobody; may be left out
-- ARGV 1 ms for which one counts     2 how many there may be in KEYS[1]     3 how many are counted in KEYS[2]
--
-- Replies {'counted', its time, ms}  in both
--         {'crowded', its time, ms}  KEYS[2] is full: in KEYS[1] only
--         {'wait', ms until there is room in KEYS[1]}  nowhere
local call = redis.call
-- include moment
local within, stamp = tonumber(ARGV[1]), struct.pack('>I6', ms)
local kept = {}
for i = 1, #KEYS do
  local known, first = call('GET', KEYS[i]) or '', 1
  -- A clock that was set back must not lock anybody out for longer, or forget the last attempts.
  while first < #known and math.abs(ms - struct.unpack('>I6', known, first)) >= within do first = first + 6 end
  kept[i] = known:sub(first)
end
if #kept[1] >= 6 * tonumber(ARGV[2]) then
  return {'wait', math.max(1, math.min(within, struct.unpack('>I6', kept[1]) + within - ms))}
end
local crowded = kept[2] and #kept[2] >= 6 * tonumber(ARGV[3])
call('SET', KEYS[1], kept[1] .. stamp, 'PX', within)
if kept[2] and not crowded then call('SET', KEYS[2], kept[2] .. stamp, 'PX', within) end
return {crowded and 'crowded' or 'counted', ms}
