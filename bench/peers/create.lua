-- The least that every peer does for a creation: a token bucket for each provider, then SET with a TTL. KEYS:
-- bucket, invite ARGV: rate a second, burst, ttl in seconds, record Reply: 1, or 0 when the bucket is empty
local now = redis.call('TIME')
local t = tonumber(now[1]) + tonumber(now[2]) / 1e6
local b = redis.call('HMGET', KEYS[1], 'n', 't')
local rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local n = tonumber(b[1]) or burst
n = math.min(burst, n + (t - (tonumber(b[2]) or t)) * rate)
if n < 1 then return 0 end
redis.call('HSET', KEYS[1], 'n', n - 1, 't', t)
redis.call('SET', KEYS[2], ARGV[4], 'EX', ARGV[3])
return 1
