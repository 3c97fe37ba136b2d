-- Folds counters of a past day into one field for each provider, folded|<provider>: twenty fields and half a
-- KiB become forty bytes, and Redis finds them faster. It adds to what was folded before, and readers add up
-- both, so it does not matter when and how often this happens, or what is counted afterwards.
--
-- KEYS 1 sum:{gg}:<day>
-- ARGV 1 day, whole days since 1970 UTC     2 where to go on, '0' at first     3 about how many fields to look at
--
-- Replies {'folded', where to go on; '0': that was all}
--         {'early'}  the day is not older than two: nothing written
local sum = KEYS[1]
local call = redis.call
-- include moment
if tonumber(ARGV[1]) > today - 2 then return {'early'} end
-- include counted
local place = {}
for i, event in ipairs(counted) do place[event] = i end

local scanned = call('HSCAN', sum, ARGV[2], 'COUNT', ARGV[3])
local fields, more, folded = scanned[2], {}, {}
for i = 1, #fields, 2 do
  local event, provider = fields[i]:match('^([^|]+)|(.+)$')
  if place[event] then
    more[provider] = more[provider] or {}
    more[provider][event] = fields[i + 1]
  end
end
for provider, counts in pairs(more) do
  local field, gone = 'folded|' .. provider, {}
  local packed = call('HGET', sum, field)
  local all = packed and cmsgpack.unpack(packed) or {}
  for i = 1, #counted do all[i] = all[i] or 0 end
  for event, n in pairs(counts) do
    all[place[event]] = all[place[event]] + n
    gone[#gone + 1] = event .. '|' .. provider
  end
  call('HSET', sum, field, cmsgpack.pack(all)) -- first, so that the hash keeps its TTL; if memory is full nothing
  call('HDEL', sum, unpack(gone))              -- was written before it fails
end
return {'folded', scanned[1]}
