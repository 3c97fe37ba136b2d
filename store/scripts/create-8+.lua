-- Makes invites of one provider and charges its bucket for each, one after the other. Each is made whole or not at all.
--
-- KEYS 1 idx:{gg}:<provider>  the provider's index
--      2 due:{gg}             expiries not yet settled
--      3 sum:{gg}:<day>       counters of ARGV[1]'s day
--      4 sum:{gg}:now         gauges
--      5 lim:{gg}:<provider>  the bucket
--      6 log:{gg}:<h>         the ledger (layout: store/invites/ledger.hpp), one of each invite
--      7 inv:{gg}:<h>         then the right to redeem, one of each
--      8 idem:{gg}:<hash>     then the idempotency record, one of each whose caller has given a key
-- ARGV 1 four doubles, big endian: day (whole days since 1970 UTC), retention (ms), T (µs between two tokens), burst (tokens)
--      2 provider
--      then of each invite: 3 h (16 bytes), time to live (ms, 6 bytes)   4 sealed creator
--      5 the ledger up to its times   6 the ledger after created_at and expires_at
--      7 fingerprint (16 bytes), h, key id, sealed invite_id; '' without a key
--
-- Replies {one of these for each invite}; for one invite alone without the list around it
--           made, one text of three numbers of 6 bytes, big endian: expires_at ms, tokens left, ms until the bucket is full
--           {'replayed', expires_at ms, left, ms until full, what came after the fingerprint in the first call}
--           {'reused', 0, left, ms until full}   the idempotency key came with another fingerprint
--           {'limited', ms until a token}
--         {'day', today}  nothing written: call again with today's key
local idx, due, sum, gauge, lim = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local day, retention, T, burst = struct.unpack('>dddd', ARGV[1])
local provider, n = ARGV[2], (#ARGV - 2) / 5
local call = redis.call
-- include moment
if today ~= day then return {'day', today} end

-- include bucket
local known, earlier_answer, record_of
if #KEYS > 5 + 2 * n then
  -- include once
  known = call('MGET', unpack(KEYS, 6 + 2 * n)) -- of KEYS 8
  for _, record in ipairs(known) do
    if record then earlier_answer(record, '') end -- a broken one ends the call here, before anything is written
  end
end

local first_at, first_member, more_due
local replies, keyed = {}, 0
for i = 1, n do
  local at, once, made = 5 * i - 2, ARGV[5 * i + 2], nil
  if once ~= '' then
    keyed = keyed + 1
    if known[keyed] then made = earlier_answer(known[keyed], once) end
  end
  if not made then
    local log_key, inv = KEYS[5 + i], KEYS[5 + n + i] -- of KEYS 6, 7
    local handle_and_ttl, creator, before, after = ARGV[at], ARGV[at + 1], ARGV[at + 2], ARGV[at + 3]
    -- include make
    if once ~= '' and type(made) == 'string' then
      local idem = KEYS[5 + 2 * n + keyed] -- of KEYS 8
      call('SET', idem, record_of(once, made), 'PX', '86400000')
    end
  end
  replies[i] = made
end
-- include enter_made
return n == 1 and replies[1] or replies
