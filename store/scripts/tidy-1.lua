-- Trims a stream of the audit by age, but no entry that a group of consumers has not acknowledged, and drops
-- consumers that are long gone.
--
-- KEYS 1 aud:{gg} or idx:{gg}:<provider>
-- ARGV 1 age of the oldest entry to keep, ms; '' trims nothing   2 most entries to trim   3 how long a consumer may be idle, ms
--
-- Replies {entries that some group has not acknowledged, entries trimmed, 1 if there may be more to trim else
-- 0}
local call = redis.call
if call('EXISTS', KEYS[1]) == 0 then return {0, 0, 0} end

local function named(flat)
  local map = {}
  for i = 1, #flat, 2 do map[flat[i]] = flat[i + 1] end
  return map
end

local function parts(id)
  local ms, seq = id:match('^(%d+)-(%d+)$')
  return tonumber(ms), tonumber(seq)
end

-- include moment
local keep_ms, keep_seq = -1, 0
if ARGV[1] ~= '' then keep_ms = ms - ARGV[1] end

local waiting = 0
for _, flat in ipairs(call('XINFO', 'GROUPS', KEYS[1])) do
  local group = named(flat)
  waiting = waiting + group.pending + (group.lag or 0)
  local ms, seq = parts(group['last-delivered-id'])
  if group.pending > 0 then
    ms, seq = parts(call('XPENDING', KEYS[1], group.name)[2])
  else
    seq = seq + 1
  end
  if ms < keep_ms or ms == keep_ms and seq < keep_seq then keep_ms, keep_seq = ms, seq end
  for _, consumer in ipairs(call('XINFO', 'CONSUMERS', KEYS[1], group.name)) do
    consumer = named(consumer)
    if consumer.pending == 0 and consumer.idle > tonumber(ARGV[3]) then
      call('XGROUP', 'DELCONSUMER', KEYS[1], group.name, consumer.name)
    end
  end
end
if keep_ms < 0 then return {waiting, 0, 0} end

-- Whole nodes of the stream first, as many as may be; the rest of one node only when there is nothing else.
local keep = string.format('%.0f-%.0f', keep_ms, keep_seq)
local trimmed = call('XTRIM', KEYS[1], 'MINID', '~', keep, 'LIMIT', ARGV[2])
if trimmed > 0 then return {waiting, trimmed, 1} end
return {waiting, call('XTRIM', KEYS[1], 'MINID', '=', keep), 0}
