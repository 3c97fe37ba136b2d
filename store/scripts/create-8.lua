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
-- ARGV 1 day, whole days since 1970 UTC     2 time to live, ms     3 retention, ms
--      4 T, µs between two tokens           5 burst, tokens
--      6 h, 16 bytes                        7 provider             8 sealed creator
--      9 the ledger up to its times        10 the ledger after created_at and expires_at
--     11 fingerprint, 16 bytes             12 h ‖ key id ‖ sealed invite_id; both only with KEYS[8]
--
-- Replies {'created', expires_at ms, tokens left, ms until the bucket is full}
--         {'replayed', expires_at ms, left, ms until full, ARGV[12] of the first call}
--         {'reused', 0, left, ms until full}   the idempotency key came with another fingerprint
--         {'limited', ms until a token}
--         {'day', today}                       nothing written: call again with today's key
local inv, log_key, idx, due, sum, gauge = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local lim, idem = KEYS[7], KEYS[8]
local provider, fingerprint, once = ARGV[7], ARGV[11], ARGV[12]
local T, burst = tonumber(ARGV[4]), tonumber(ARGV[5])
local time = redis.call('TIME')
local now = time[1] * 1e6 + time[2]
local ms = math.floor(now / 1000)
-- include count
-- include bucket
-- include once
-- include make
return {'created', expires, left, full}
