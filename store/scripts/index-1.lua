-- A stretch of a provider's index, newest first, and what time it is. Writes nothing.
--
-- KEYS 1 idx:{gg}:<provider>
-- ARGV 1 newest id, as XREVRANGE takes it     2 oldest id     3 most entries
--
-- Replies {now ms, {{id, {'h', h, 'c', sealed creator}}, ...}}
local time = redis.call('TIME')
local ms = math.floor((time[1] * 1e6 + time[2]) / 1000)
return {ms, redis.call('XREVRANGE', KEYS[1], ARGV[1], ARGV[2], 'COUNT', ARGV[3])}
