-- Charges the bucket and makes the invite that ARGV[1] to ARGV[10] describe (create-8.lua), or answers 'limited' or 'day'
-- and writes nothing but a corrected bucket. Needs inv, log_key, idx, due, sum, gauge, lim, idem, fingerprint, once (what
-- idem is to keep), provider, ms, count(), and all that bucket.lua gives; gives expires, left and full.
local backlog = tat + T - now
if backlog > limit then
  -- Kept, for else the backlog is corrected anew by every call and never shrinks. A full memory changes no answer.
  if corrected then redis.pcall('SET', lim, struct.pack('>dd', tat, T), 'PX', math.ceil((tat - now) / 1000)) end
  return {'limited', math.ceil((backlog - limit) / 1000)}
end

local day = math.floor(ms / 86400000)
if day ~= tonumber(ARGV[1]) then return {'day', day} end

local left, full = math.floor((limit - backlog) / T + 1e-6), math.ceil(backlog / 1000)
local expires = ms + ARGV[2]
local ledger = ARGV[9] .. struct.pack('>I6I6', ms, expires) .. ARGV[10]
if not redis.call('SET', log_key, ledger, 'PXAT', expires + ARGV[3], 'NX') then
  -- The same handle again: this very call was sent twice. It has happened; say so, and charge nothing.
  return {'created', struct.unpack('>I6', redis.call('GETRANGE', log_key, 14, 19)), left, full}
end
redis.call('SET', inv, 1, 'PXAT', expires)
redis.call('XADD', idx, '*', 'h', ARGV[6], 'c', ARGV[8])
redis.call('ZADD', due, expires, ARGV[6] .. provider)
count('created', provider, 1)
redis.call('HINCRBY', gauge, 'pending|' .. provider, 1)
redis.call('SET', lim, struct.pack('>dd', tat + T, T), 'PX', full)
if idem then redis.call('SET', idem, fingerprint .. struct.pack('>I6', expires) .. once, 'PX', 86400000) end
