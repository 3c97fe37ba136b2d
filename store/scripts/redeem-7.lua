-- Claims the right to redeem: the first caller wins, and the same redeem key gets the same answer while the session lives.
-- Everything is checked before the first write, and the first write is GETDEL, which needs no memory: patients still
-- redeem when Redis is full. Where the invite asks for a fact, a wrong answer is counted instead, and the fifth locks it.
--
-- KEYS 1 inv:{gg}:<h>    the right to redeem
--      2 log:{gg}:<h>    the ledger (layout: store/ledger.hpp)
--      3 ses:{gg}:<h>    the session: redeemed_at ms (6 bytes), exp ms (6), jti (16), key id (4), hash of the redeem key (16 or 0)
--      4 due:{gg}        expiries not yet settled
--      5 sum:{gg}:<day>  counters of ARGV[1]'s day
--      6 sum:{gg}:now    gauges
--      7 aud:{gg}        the audit
-- ARGV 1 day, whole days since 1970 UTC   2 h, 16 bytes          3 hash of the redeem key, 16 bytes, or ''
--      4 ids of the keys held, 4 bytes each                      5 id of the key that signs the session
--      6 jti, 16 bytes                    7 session's time to live, whole seconds
--      8 sealed actor
--      9 hash of the answer, 16 bytes; left out by a caller who gives none
--
-- Replies {'redeemed', session, ledger}   won, now or earlier with this very redeem key
--         {'already_redeemed'} {'revoked'} {'replaced'} {'expired'} {'lost'} {'unknown'}
--         {'wrong', attempts left, ledger}       not the answer; the ledger is as it was before
--         {'unanswered', attempts left, ledger}  no answer, and one is needed; not counted
--         {'locked', 0, ledger}                  no answer will do any more
--         {'key'}                         sealed under a key the caller does not hold; nothing claimed
--         {'day', today}                  nothing written: call again with today's key
local log = redis.call('GET', KEYS[2])
if not log then return {'unknown'} end

local sum, aud = KEYS[5], KEYS[7]
local provider = log:sub(76, 75 + log:byte(75))
-- include count
-- include audit
local state = log:sub(2, 2)
if state == 'r' then
  local session = redis.call('GET', KEYS[3])
  if session and ARGV[3] ~= '' and session:sub(33) == ARGV[3] then return {'redeemed', session, log} end
  -- Flag 8: a second attempt, noted once; where memory is full not even that.
  local flags = log:byte(3)
  if flags % 16 < 8 and type(redis.pcall('SETRANGE', KEYS[2], 2, string.char(flags + 8))) == 'number' then
    audit('2', ARGV[2], provider, ARGV[8], 'already_redeemed')
  end
  return {'already_redeemed'}
elseif state ~= 'p' then
  return {({v = 'revoked', s = 'replaced', x = 'expired'})[state]}
end

local time = redis.call('TIME')
local ms = math.floor((time[1] * 1e6 + time[2]) / 1000)
local expires = struct.unpack('>I6', log, 15)
if expires <= ms then return {'expired'} end

local key, held = log:sub(5, 8), false
for i = 1, #ARGV[4], 4 do
  held = held or ARGV[4]:sub(i, i + 3) == key
end
if not held then return {'key'} end

local day = math.floor(ms / 86400000)
if day ~= tonumber(ARGV[1]) then return {'day', day} end

if log:byte(3) % 8 >= 4 then -- flag 4: a fact is asked for; its hashes stand behind the provider
  local answer, at, wrong = ARGV[9], 76 + #provider, log:byte(4)
  if struct.unpack('>I6', log, 39) ~= 0 then return {'locked', 0, log} end
  if not answer then return {'unanswered', 5 - wrong, log} end
  if answer ~= log:sub(at, at + 15) then
    if answer ~= log:sub(at + 16, at + 31) then -- twice in a row is a double click
      wrong = wrong + 1
      -- The first write needs no memory, so that with memory full no guess is free: a pending invite has no session.
      redis.call('DEL', KEYS[3])
      redis.call('SETRANGE', KEYS[2], 3, string.char(wrong))
      redis.call('SETRANGE', KEYS[2], at + 15, answer)
      audit('a', ARGV[2], provider, ARGV[8], 'wrong_answer')
      if wrong == 5 then
        redis.call('SETRANGE', KEYS[2], 38, struct.pack('>I6', ms))
        count('locked', provider, 1)
        audit('k', ARGV[2], provider, ARGV[8])
      end
    end
    return {'wrong', 5 - wrong, log}
  end
end
if not redis.call('GETDEL', KEYS[1]) then
  if expires - ms < 60000 then return {'expired'} end -- Redis expires natively, a little early where its clock was moved
  if log:byte(3) % 2 == 0 then                        -- flag 1: lost, told once
    redis.call('SETRANGE', KEYS[2], 2, string.char(log:byte(3) + 1))
    redis.call('SETRANGE', KEYS[2], 44, struct.pack('>I6', ms))
    count('lost', provider, 1)
  end
  return {'lost'}
end
local session = struct.pack('>I6I6', ms, (time[1] + ARGV[7]) * 1000) .. ARGV[6] .. ARGV[5] .. ARGV[3]
redis.call('SETRANGE', KEYS[2], 1, 'r')
redis.call('SETRANGE', KEYS[2], 26, struct.pack('>I6', ms))
redis.call('SET', KEYS[3], session, 'PXAT', (time[1] + ARGV[7]) * 1000)
if redis.call('ZREM', KEYS[4], ARGV[2] .. provider) == 1 then -- else it was counted as expired, and then the clock set back
  count('redeemed', provider, 1)
  -- include redeem_times
  local took, bucket = ms - struct.unpack('>I6', log, 9), 1
  while took > redeem_times[bucket] * 1000 and bucket < #redeem_times do bucket = bucket + 1 end
  count('ttr:' .. redeem_times[bucket], provider, 1)
  redis.call('HINCRBY', KEYS[6], 'pending|' .. provider, -1)
end
audit('r', ARGV[2], provider, ARGV[8])
return {'redeemed', session, log}
