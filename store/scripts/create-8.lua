-- Makes one invite and charges its provider's bucket. It writes everything or nothing.
--
-- KEYS 1 inv:{gg}:<h>         the right to redeem
--      2 log:{gg}:<h>         the ledger (layout: store/invites/ledger.hpp)
--      3 idx:{gg}:<provider>  the provider's index
--      4 due:{gg}             expiries not yet settled
--      5 sum:{gg}:<day>       counters of ARGV[1]'s day
--      6 sum:{gg}:now         gauges
--      7 lim:{gg}:<provider>  the bucket
--      8 idem:{gg}:<hash>     the idempotency record; left out by a caller without a key
-- ARGV 1 five doubles, big endian: day (whole days since 1970 UTC), time to live (ms), retention (ms), T (µs between two
--        tokens), burst (tokens)
--      2 h, 16 bytes                        3 provider             4 sealed creator
--      5 the ledger up to its times         6 the ledger after created_at and expires_at
--      7 fingerprint, 16 bytes              8 h ‖ key id ‖ sealed invite_id; both only with KEYS[8]
--
-- Replies made, one text of three numbers of 6 bytes, big endian: expires_at ms, tokens left, ms until the bucket is full
--         {'replayed', expires_at ms, left, ms until full, ARGV[8] of the first call}
--         {'reused', 0, left, ms until full}   the idempotency key came with another fingerprint
--         {'limited', ms until a token}
--         {'day', today}                       nothing written: call again with today's key
local inv, log_key, idx, due, sum, gauge = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6]
local lim, idem = KEYS[7], KEYS[8]
local provider, fingerprint, once = ARGV[3], ARGV[7], ARGV[8]
local day, ttl, retention, T, burst = struct.unpack('>ddddd', ARGV[1])
local call = redis.call
-- include moment
-- include count
-- include bucket
-- include once
-- include make
return made
