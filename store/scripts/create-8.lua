-- Makes one invite and charges its provider's bucket. Nothing is written unless everything is.
--
-- KEYS 1 inv:{gg}:<h>         the right to redeem
--      2 log:{gg}:<h>         the ledger (layout: store/ledger.hpp)
--      3 idx:{gg}:<provider>  the provider's index
--      4 due:{gg}             expiries not yet settled
--      5 sum:{gg}:<day>       counters of ARGV[1]'s day
--      6 sum:{gg}:now         gauges
--      7 lim:{gg}:<provider>  the bucket
--      8 idem:{gg}:<hash>     the idempotency record; left out by a caller without a key
-- ARGV 1 day, whole days since 1970 UTC     2 time to live, ms     3 retention, ms    4 age of the oldest index entry, ms
--      5 T, µs between two tokens           6 burst, tokens
--      7 h, 16 bytes                        8 provider             9 sealed creator
--     10 the ledger up to its times        11 the ledger after created_at and expires_at
--     12 fingerprint, 16 bytes             13 h ‖ key id ‖ sealed invite_id; both only with KEYS[8]
--
-- Replies {'created', expires_at ms, tokens left, ms until the bucket is full}
--         {'replayed', expires_at ms, left, ms until full, ARGV[13] of the first call}
--         {'reused', 0, left, ms until full}   the idempotency key came with another fingerprint
--         {'limited', ms until a token}
--         {'day', today}                       nothing written: call again with today's key
local call, pack, unpack, floor, ceil = redis.call, struct.pack, struct.unpack, math.floor, math.ceil
local time = call('TIME')
local now = time[1] * 1e6 + time[2]
local ms = floor(now / 1000)

local T, burst = tonumber(ARGV[5]), tonumber(ARGV[6])
local limit = burst * T
local tat, bucket = now, call('GET', KEYS[7])
if bucket then
  local old
  tat, old = unpack('>dd', bucket)
  if old ~= T then tat = now + (tat - now) * (T / old) end -- the rate was changed: the same backlog in tokens
  if tat > now + limit then tat = now + limit end          -- a clock set back must not lock a provider out
  if tat < now then tat = now end
end

if KEYS[8] then
  local known = call('GET', KEYS[8])
  if known then
    local left, full = floor((limit - (tat - now)) / T + 1e-6), ceil((tat - now) / 1000)
    if known:sub(1, 16) ~= ARGV[12] then return {'reused', 0, left, full} end
    return {'replayed', unpack('>I6', known, 17), left, full, known:sub(23)}
  end
end

local backlog = tat + T - now
if backlog > limit then return {'limited', ceil((backlog - limit) / 1000)} end

local day = floor(ms / 86400000)
if day ~= tonumber(ARGV[1]) then return {'day', day} end

local left, full = floor((limit - backlog) / T + 1e-6), ceil(backlog / 1000)
local expires = ms + ARGV[2]
if not call('SET', KEYS[2], ARGV[10] .. pack('>I6I6', ms, expires) .. ARGV[11], 'PXAT', expires + ARGV[3], 'NX') then
  -- The same handle again: this very call was sent twice. It has happened; say so, and charge nothing.
  return {'created', unpack('>I6', call('GETRANGE', KEYS[2], 14, 19)), left, full}
end
call('SET', KEYS[1], 1, 'PXAT', expires)
call('XADD', KEYS[3], 'MINID', '~', ms - ARGV[4], '*', 'h', ARGV[7], 'c', ARGV[9])
call('ZADD', KEYS[4], expires, ARGV[7] .. ARGV[8])
if call('HINCRBY', KEYS[5], 'created|' .. ARGV[8], 1) == 1 then
  call('EXPIRE', KEYS[5], 34560000) -- 400 days
end
call('HINCRBY', KEYS[6], 'pending|' .. ARGV[8], 1)
call('SET', KEYS[7], pack('>dd', tat + T, T), 'PX', full)
if KEYS[8] then
  call('SET', KEYS[8], ARGV[12] .. pack('>I6', expires) .. ARGV[13], 'PX', 86400000)
end
return {'created', expires, left, full}
